import Glibc
import Pilot
import Testing

/// The metadata in the person's own editor, for which a script stands, with the terminal handed over and taken back.
@Suite(.serialized) struct ExternalEditorTests {
  @Test func `the terminal is handed over whole, and taken back whole`() async throws {
    try await withImage { image in
      let editor = try image.script(
        #"stty -a | tr ' ' '\n' | grep -x -e icanon -e echo -e isig; echo "outside now"; read -r answer; "#
          + #"sed -i 's/ide/virtio/' "$1""#)
      let novalens = try await image.browse(editor: editor)
      await novalens.send("E")
      try await novalens.waitFor("outside now")
      #expect(await novalens.modes == novalens.firstModes)
      await novalens.look { terminal in
        #expect(!terminal.isAlternateScreen && terminal.isCursorVisible)
        for mode in ["icanon", "echo", "isig"] { #expect(terminal.text.contains(mode)) }
      }
      await novalens.send("<Enter>")
      try await novalens.waitUntil("the edit is there, on our screen") {
        $0.isAlternateScreen && $0.text.contains("was: ide")
      }
      await novalens.send("w")
      try await novalens.waitFor("PUT …/metadata  (all 3)")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Saved 1 change")
      #expect(await image.held["hw_disk_bus"] == "virtio")
      #expect(try image.cloud.workplace.files().keys.filter { $0.hasSuffix(".yaml") }.isEmpty)
    }
  }

  @Test func `what takes the place of all is one write, after kill -9 and a colleague's change too`()
    async throws
  {
    try await withImage { image in
      let editor = try image.script(#"printf 'hw_disk_bus: virtio\nnote: first\nadded: "1"\n' >"$1""#)
      let novalens = try await image.browse(editor: editor)
      await novalens.send("E")
      try await novalens.waitFor("3 unsaved changes")
      await image.set("hw_disk_bus", to: "scsi")
      await image.set("note", to: "theirs")
      await novalens.signal(SIGKILL)
      _ = try await novalens.exitStatus()
      let next = try await image.browse(saying: "1 draft with unsaved edits")
      await next.send("e")
      try await next.waitFor("in conflict: now scsi")
      await next.send("w")
      try await next.waitFor("1 conflict open")
      await next.send("m")
      try await next.waitFor("PUT …/metadata  (all 3)")
      await next.send("<Enter>")
      try await next.waitFor("Saved 3 changes")
      #expect(await image.held == ["hw_disk_bus": "virtio", "note": "theirs", "added": "1"])
    }
  }

  @Test func `what is typed right behind E is the editor's, and starts no other one`() async throws {
    try await withImage { image in
      let editor = try image.script(#"echo began >>"$HOME/began"; echo "outside now"; read -r answer"#)
      let novalens = try await image.browse(editor: editor)
      await novalens.send("e")
      try await novalens.waitFor("no changes")
      await novalens.send("EdEdE")
      try await novalens.waitFor("outside now")
      await novalens.send("<Enter>")
      try await novalens.waitFor("Nothing was changed.")
      try await novalens.waitFor("no changes")
      #expect(try image.cloud.workplace.files()["began"] == "began\n")
    }
  }

  @Test func `a mistake opens the file again, with the message on top`() async throws {
    try await withImage { image in
      let editor = try image.script(
        #"""
        if [ -e "$HOME/tried" ]; then
          head -n 1 "$1"; echo "again"; read -r answer
          printf 'hw_disk_bus: scsi\nnote: first\nos_distro: debian\n' >"$1"
        else
          touch "$HOME/tried"; echo 'hw_disk_bus: [a, list]' >"$1"
        fi
        """#)
      let novalens = try await image.browse(editor: editor)
      await novalens.send("eE")
      try await novalens.waitUntil("the mistake is said") {
        $0.text.contains("again") && $0.text.contains("must have a single text")
      }
      await novalens.send("<Enter>")
      try await novalens.waitFor("was: ide")
      try await novalens.waitFor("1 unsaved change")
    }
  }

  @Test func `an editor that is killed loses nothing of what it has written`() async throws {
    try await withImage { image in
      let editor = try image.script(
        #"""
        if [ -e "$HOME/tried" ]; then cat "$1"; echo "again"; read -r answer; exit 0; fi
        touch "$HOME/tried"; sed -i 's/ide/virtio/' "$1"; stty raw -echo; kill -9 $$
        """#)
      let novalens = try await image.browse(editor: editor)
      await novalens.send("E")
      try await novalens.waitFor("The text is kept; E opens it again.")
      await novalens.look { #expect($0.isAlternateScreen) }
      await novalens.send("E")
      try await novalens.waitUntil("the text is there") {
        $0.text.contains("again") && $0.text.contains("hw_disk_bus: virtio")
      }
      await novalens.send("<Enter>")
      try await novalens.waitFor("was: ide")
      await novalens.send("<Esc>q")
      try await novalens.waitFor("Leave with unsaved edits?")
      await novalens.send("y")
      #expect(try await novalens.exitStatus() == 0)
      #expect(await novalens.modes == novalens.firstModes)
    }
  }

  @Test func `a window that was resized meanwhile is drawn as large as it is`() async throws {
    try await withImage { image in
      let novalens = try await image.browse(editor: try image.script(#"echo "outside now"; read -r answer"#))
      await novalens.send("E")
      try await novalens.waitFor("outside now")
      await novalens.resize(columns: 100, rows: 30)
      await novalens.send("<Enter>")
      try await novalens.waitFor("Nothing was changed.")
      try await novalens.waitUntil("the picture is as large as the window") {
        $0.isAlternateScreen && $0.text(row: 0).count == 99 && !$0.text(row: 29).isEmpty
      }
      #expect(try image.drafts.isEmpty)
    }
  }

  @Test func `an editor that cannot be run is named`() async throws {
    try await withImage { image in
      let novalens = try await image.browse(editor: "/no/such/editor")
      await novalens.send("E")
      try await novalens.waitFor("The editor \"/no/such/editor\" could not be run")
      await novalens.look { #expect($0.isAlternateScreen) }
    }
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGKILL]) func `a text survives the end of the program`(
    _ signal: Int32
  ) async throws {
    try await withImage { image in
      let editor = try image.script(
        #"""
        if [ -e "$HOME/tried" ]; then cat "$1"; echo "again"; read -r answer; exit 0; fi
        touch "$HOME/tried"; sed -i 's/ide/virtio/' "$1"; echo "outside now"; read -r answer
        """#)
      let novalens = try await image.browse(editor: editor)
      await novalens.send("E")
      try await novalens.waitFor("outside now")
      await novalens.signal(signal)
      _ = try await novalens.exitStatus()
      // A colleague goes on meanwhile.
      await image.set("note", to: "theirs")
      let next = try await image.browse(editor: editor, saying: "1 draft with unsaved edits")
      await next.send("e")
      try await next.waitFor("E opens the text of your editor again")
      await next.send("E")
      try await next.waitUntil("the text is there") {
        $0.text.contains("again") && $0.text.contains("hw_disk_bus: virtio")
      }
      await next.send("<Enter>")
      try await next.waitFor("1 unsaved change")
      await next.send("w")
      try await next.waitFor("theirs, kept")
      await next.send("<Enter>")
      try await next.waitFor("Saved 1 change")
      #expect(await image.held == ["hw_disk_bus": "virtio", "note": "theirs", "os_distro": "debian"])
    }
  }
}
