import NovaClient
import SandboxCloud

extension CloudSession {
  /// A session of the user `demo` with a sandbox in this process.
  init(on sandbox: Sandbox) {
    let login = KeystoneLogin(
      url: InProcessTransport.address.authURL,
      method: .password(.name("demo", .name("Default")), "demo-secret"),
      scope: .project("demo", .name("Default")))
    let configuration = CloudConfiguration(name: "sandbox", auth: .keystone(login))
    self.init(transport: InProcessTransport(sandbox)) { configuration }
  }
}
