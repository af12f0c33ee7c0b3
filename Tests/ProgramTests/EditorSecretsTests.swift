import Foundation
import NovaClient
import Pilot
import SandboxCloud
import Testing

/// What a person's editor, and whatever that starts, is told of the cloud: nothing that one could sign in with.
@Suite struct EditorSecretsTests {
  @Test func `neither arguments nor variables of the editor hold a secret`() async throws {
    try await withImage { image in
      let editor = try image.script(#"env >"$HOME/seen"; echo "$0 $*" >>"$HOME/seen""#)
      let secrets = [
        "OS_TOKEN": "secret-1", "OS_APPLICATION_CREDENTIAL_SECRET": "secret-2", "OS_PASSCODE": "secret-3",
        "OS_ACCESS_TOKEN": "secret-4", "OS_SOMETHING_URL": "https://me:secret-5@cloud.example/",
        "https_proxy": "http://me:secret-6@proxy.example:3128",
      ]
      let variables = secrets.merging(["EDITOR": editor, "OS_AUTH_TYPE": "password"]) { $1 }
      let novalens = try image.cloud.browse(environment: variables)
      try await novalens.waitFor("1 image ")
      try await novalens.waitFor("RegionOne · demo")
      await novalens.send("E")
      try await novalens.waitFor("Nothing was changed")
      let seen = try #require(try image.cloud.workplace.files()["seen"])
      #expect(seen.contains("OS_USERNAME=demo") && seen.contains(".yaml"))
      for secret in ["secret", "demo-secret"] { #expect(!seen.contains(secret)) }
      for token in await image.cloud.sandbox.received.compactMap({ $0.headers["X-Auth-Token"] }) {
        #expect(!seen.contains(token))
      }
    }
  }
}
