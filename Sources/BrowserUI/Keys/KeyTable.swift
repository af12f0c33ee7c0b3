package import BrowserModel
package import Console

/// All keys. Dispatch, footer, help and the README are made from this one table.
package enum KeyTable {
  private static let panes = Set(Context.allCases.filter(\.isPane))
  private static let scrolling: Set<Context> = [
    .list, .detail, .page, .changes, .editor, .review, .reviewConflict, .reviewProgress, .reviewResults,
    .deleteResults, .drafts,
  ]
  private static let reviewing: Set<Context> = [.review, .reviewConflict]
  private static let typing: Set<Context> = [
    .nameFilter, .filterForm, .pageSearch, .changesSearch, .editorField,
  ]
  private static let everywhere = Set(Context.allCases)

  static let bindings: [Binding] =
    moving + finding + changing + editing + watching + looking + program + dialogs

  private static let moving: [Binding] = [
    Binding(
      [.enter], .open, hint: "open", "open the detail", .move,
      [.list]),
    Binding([.character("j"), .down], .move(.down), "down", .move, scrolling.subtracting(reviewing)),
    Binding([.character("k"), .up], .move(.up), "up", .move, scrolling),
    Binding([.character("g"), .home], .move(.first), "to the first", .move, scrolling),
    Binding([.character("G"), .end], .move(.last), "to the last", .move, scrolling),
    Binding([.control("f"), .pageDown], .move(.pageDown), "a page down", .move, scrolling),
    Binding([.control("b"), .pageUp], .move(.pageUp), "a page up", .move, scrolling),
    Binding([.control("d")], .move(.halfPageDown), "half a page down", .move, scrolling),
    Binding([.control("u")], .move(.halfPageUp), "half a page up", .move, scrolling),
    // As in less.
    Binding(
      [.character(" ")], .move(.pageDown), "", .move, [.page, .changes, .deleteResults, .reviewResults]),
    Binding([.tab], .otherPane, "to the other pane", .move, panes),
    Binding(
      [.escape], .back, hint: "back", "one step back, or no more waiting; never quits",
      .move,
      [.detail, .page, .pageSearch, .changes, .changesSearch]),
    Binding([.escape], .back, "", .move, [.list]),
  ]

  private static let finding: [Binding] =
    [
      Binding(
        [.character("/")], .filterName, hint: "name", "filter by name while typing; =exact, !not", .find,
        panes),
      Binding([.character("f")], .filterForm, hint: "filters", "all filter fields as a form", .find, panes),
      Binding([.character("0")], .clearFilters, "clear the filters", .find, panes),
      Binding([.character("s")], .orderByNext, "order by the next column", .find, panes),
      Binding([.character("S")], .reverseOrder, "reverse the order", .find, panes),
    ]
    + QuickFilter.allCases.map { quick in
      Binding(
        [.character(Character(String(quick.rawValue)))], .quickFilter(quick),
        "only \(quick.title), or all again",
        .find, panes)
    }

  private static let editing: [Binding] = [
    Binding([.character("i"), .enter], .editValue, hint: "edit", "edit the value", .editor, [.editor]),
    Binding(
      [.character("a")], .addKey, hint: "add", "add an item: the key, Enter, the value, Enter", .editor,
      [.editor]),
    Binding([.character("R")], .renameKey, hint: "rename", "rename the key", .editor, [.editor]),
    Binding(
      [.character("d")], .deleteKey, hint: "delete", "delete the item, or bring it back", .editor, [.editor]),
    Binding([.character("z")], .undo, hint: "undo", "undo", .editor, [.editor]),
    Binding([.character("Z")], .redo, "do again what was undone", .editor, [.editor]),
    Binding(
      [.character("w"), .control("s")], .review, hint: "review", "review what will change, then send it",
      .editor, [.editor]),
    Binding(
      [.escape, .character("q")], .back, hint: "back", "leave; unsaved edits are kept", .editor, [.editor]),
    Binding([.character("E")], .external, hint: "editor", "go on in $VISUAL or $EDITOR", .editor, [.editor]),
    Binding(
      [.character("r")], .replaceFromFile, "put a file (YAML or JSON) in the place of all", .editor, [.editor]
    ),
    Binding([.enter], .accept, hint: "send", "send what the review shows", .editor, [.review]),
    Binding([.enter], .accept, "", .editor, [.reviewConflict]),
    Binding([.enter], .accept, hint: "keep", "", .editor, [.editorField]),
    Binding(
      [.tab], .complete, hint: "completes", "complete the key, the value or the path", .editor, [.editorField]
    ),
    Binding([.escape], .back, hint: "as it was", "", .editor, [.editorField]),
    Binding([.character("m")], .chooseMine, hint: "mine", "in a conflict: mine", .editor, [.reviewConflict]),
    Binding(
      [.character("t")], .chooseTheirs, hint: "theirs", "in a conflict: theirs", .editor, [.reviewConflict]),
    Binding([.character("m")], .chooseMine, "", .editor, [.review]),
    Binding([.character("t")], .chooseTheirs, "", .editor, [.review]),
    Binding([.escape, .character("q")], .back, hint: "back", "", .editor, reviewing),
    // The row under the cursor shows what the table has cut.
    Binding([.character("j"), .down], .move(.down), hint: "next", "", .editor, reviewing),
    Binding(
      [.character("x")], .export, hint: "export", "write the failures to a file", .editor, [.reviewResults]),
  ]

  private static let changing: [Binding] = [
    Binding(
      [.character("e")], .edit, hint: "edit", "edit the metadata of the image, or of the marked ones",
      .change, panes),
    Binding([.character("E")], .external, "the same in $VISUAL or $EDITOR", .change, panes),
    Binding([.character("z")], .takeBack, "take the last save of the image back", .change, panes),
    Binding([.character("u")], .drafts, "unsaved edits", .change, panes),
    Binding(
      [.character("D")], .delete, hint: "delete", "delete the image or the marked ones, asks first", .change,
      panes),
    Binding(
      [.character(" ")], .mark, hint: "mark", "mark the image, or take its mark away", .change, [.list]),
    Binding([.character(" ")], .mark, "", .change, [.detail]),
    Binding([.character("v")], .markRange, "mark a range: begin it here, or end it", .change, [.list]),
    Binding([.character("*")], .markAll, "mark all that are shown, or none of them", .change, [.list]),
  ]

  private static let watching: [Binding] = [
    Binding([.character("r"), .control("r"), .function(5)], .refresh, "read again now", .watch, panes),
    Binding(
      [.character("r"), .control("r"), .function(5)], .refresh, hint: "read again", "", .watch, [.page]),
    Binding([.character("p")], .pause, "pause the watch, or go on", .watch, panes),
    Binding(
      [.character("F")], .follow, "follow the image or the marked ones: the bell rings when it is ready",
      .watch,
      panes),
    Binding([.character("L")], .changes, hint: "log", "log of changes", .watch, panes),
    Binding([.enter], .accept, hint: "go there", "in the log: go to the image", .watch, [.changes]),
  ]

  private static let looking: [Binding] = [
    Binding([.character("y")], .json, "the service's JSON of the image", .look, panes),
    Binding([.character("c")], .copyID, "copy the id, also over SSH", .look, panes),
    Binding([.character("@")], .requests, "log of requests", .look, panes),
    Binding([.character("@")], .requests, hint: "requests", "", .look, [.deleteProgress, .reviewProgress]),
    Binding([.character("!")], .trouble, "what stands behind the trouble in the header", .look, panes),
    Binding([.character("!")], .trouble, hint: "whole line", "in the log: the whole line", .look, [.changes]),
    Binding([.character("w")], .wideColumns, "all columns, or as before", .look, panes),
    Binding(
      [.character("m")], .mouse, "mouse on, or left to the terminal", .look, panes),
    Binding([.character("+")], .largerPane, "larger detail pane", .look, panes),
    Binding([.character("_")], .smallerPane, "smaller detail pane", .look, panes),
    Binding(
      [.character("/")], .search, hint: "search", "show only the lines that contain a text", .look,
      [.page, .changes]),
  ]

  private static let program: [Binding] = [
    Binding(
      [.character("?"), .function(1)], .help, hint: "help", "this help", .program,
      panes.union([
        .page, .changes, .editor, .review, .reviewConflict, .reviewProgress, .reviewResults, .deleteProgress,
        .deleteResults, .drafts,
      ])),
    Binding([.character("q")], .quit, hint: "quit", "back, then quit", .program, [.list]),
    Binding([.character("q")], .quit, "", .program, [.detail, .page, .changes]),
    Binding([.character("q")], .quit, hint: "quit", "", .program, [.deleteProgress, .reviewProgress]),
    Binding([.control("l")], .redraw, "draw the screen anew", .program, everywhere),
    Binding([.control("z")], .suspend, "suspend; fg brings it back", .program, everywhere),
    Binding([.control("c")], .quitNow, "quit at once", .program, everywhere),
  ]

  private static let dialogs: [Binding] = [
    Binding([.enter], .accept, hint: "keep the filter", "", .dialog, [.nameFilter]),
    Binding([.escape], .back, hint: "as it was", "", .dialog, [.nameFilter]),
    Binding([.up], .move(.up), "", .dialog, [.nameFilter]),
    Binding([.down], .move(.down), "", .dialog, [.nameFilter]),
    Binding([.pageUp], .move(.pageUp), "", .dialog, [.nameFilter]),
    Binding([.pageDown], .move(.pageDown), "", .dialog, [.nameFilter]),
    Binding([.enter], .accept, "keep what was typed", .dialog, [.filterForm]),
    Binding([.enter], .accept, hint: "keep", "", .dialog, [.pageSearch, .changesSearch]),
    Binding([.escape], .back, "leave it as it was", .dialog, [.filterForm]),
    Binding([.tab, .down], .nextField, "next field", .dialog, [.filterForm]),
    Binding([.backTab, .up], .previousField, "field before", .dialog, [.filterForm]),
    Binding([.control("x")], .clearForm, "clear all fields", .dialog, [.filterForm]),
    Binding([.left], .type(.left), "to the left; the choice before", .dialog, typing),
    Binding([.right], .type(.right), "to the right; the next choice", .dialog, typing),
    Binding([.home, .control("a")], .type(.home), "to the start of the text", .dialog, typing),
    Binding([.end, .control("e")], .type(.end), "to the end of the text", .dialog, typing),
    Binding([.backspace], .type(.backspace), "delete the character before", .dialog, typing),
    Binding(
      [.delete, .control("d")], .type(.delete), "delete the character under the cursor", .dialog, typing),
    Binding([.control("k")], .type(.killToEnd), "delete to the end", .dialog, typing),
    Binding([.control("u")], .type(.killToStart), "delete to the start", .dialog, typing),
    Binding([.control("w")], .type(.killWord), "delete the word before", .dialog, typing),
    Binding(
      [.character("y")], .confirm, hint: "delete", "delete; every other key keeps", .dialog, [.deleteQuestion]
    ),
    Binding(
      [.escape], .back, hint: "stop after those under way", "stop after those under way", .dialog,
      [.deleteProgress, .reviewProgress]),
    Binding([.character("y")], .confirm, hint: "leave", "", .dialog, [.quitQuestion]),
    Binding([.enter], .accept, hint: "go on", "go on with the unsaved edits", .dialog, [.drafts]),
    Binding(
      [.character("D")], .deleteKey, hint: "throw away", "throw the unsaved edits away, asks first", .dialog,
      [.drafts]),
    Binding([.character("y")], .confirm, hint: "throw away", "", .dialog, [.discardQuestion]),
    Binding([.escape, .character("q")], .back, hint: "back", "", .dialog, [.drafts]),
    Binding(
      [.character("r")], .retry, hint: "try again", "try again what failed", .dialog,
      [.deleteResults, .reviewResults]),
    Binding(
      [.escape, .enter, .character("q")], .accept, hint: "close", "close", .dialog,
      [.deleteResults, .reviewResults]),
  ]

  /// What a key has done in a context, or nil where it does nothing.
  package static func command(for key: Key, in context: Context) -> Command? {
    if let binding = dispatch[context]?[key] { return binding }
    switch (key, context) {
    // What a click means depends on what it is on (`Pointing`); it is never an answer.
    case (.mouse, _): return nil
    case (.character(let character), _) where context.isTyping: return .type(.insert(String(character)))
    // Only `y` deletes; whatever else is typed, a paste too, is a no.
    case (_, .deleteQuestion), (_, .quitQuestion), (_, .discardQuestion): return .back
    // Never keys, and where there is no field for it, that is said.
    case (.paste(let text), _) where !text.isEmpty: return .type(.insert(text))
    default: return nil
    }
  }

  /// The keys of each context. Two commands on one key would be a mistake in the table.
  private static let dispatch: [Context: [Key: Command]] = {
    var table: [Context: [Key: Command]] = [:]
    for binding in bindings {
      for context in binding.contexts {
        for key in binding.keys {
          precondition(table[context]?[key] == nil, "\(key) has two meanings in \(context)")
          table[context, default: [:]][key] = binding.command
        }
      }
    }
    return table
  }()

  /// What the footer of a context says, most useful first.
  static func hints(
    in context: Context, where isOfUse: (Command) -> Bool
  ) -> [(command: Command, key: String, hint: String)] {
    bindings.compactMap { binding in
      guard let hint = binding.hint, binding.contexts.contains(context), let key = binding.keys.first,
        isOfUse(binding.command)
      else { return nil }
      return (binding.command, key.label, hint)
    }
  }

  /// What the help says, group by group.
  static func help(_ group: Binding.Group) -> [Binding] {
    bindings.filter { $0.group == group && !$0.help.isEmpty }
  }
}
