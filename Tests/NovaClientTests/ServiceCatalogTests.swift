import Foundation
import NovaClient
import Testing

@Suite struct ServiceCatalogTests {
  let catalog: ServiceCatalog

  init() throws {
    catalog = try JSONDecoder().decode(
      ServiceCatalog.self,
      from: Data(
        """
        [{"type":"compute","name":"nova","endpoints":[
          {"interface":"public","region_id":"one","region":"one","url":"http://one"},
          {"interface":"internal","region_id":"one","url":"http://inner"},
          {"interface":"public","region":"two","url":"http://two"}]},
         {"type":"image","endpoints":[{"interface":"public","region_id":"one","url":"http://image"}]},
         {"type":"empty","endpoints":[]}]
        """.utf8))
  }

  @Test(
    arguments: [
      ("compute", "one", ServiceInterface.public, "http://one"), ("compute", "two", .public, "http://two"),
      ("compute", nil, .internal, "http://inner"), ("image", nil, .public, "http://image"),
    ] as [(String, String?, ServiceInterface, String)])
  func `an endpoint is found by type, region and interface`(
    _ type: String, _ region: String?, _ interface: ServiceInterface, _ url: String
  ) throws {
    #expect(try catalog.endpoint(type, region: region, interface: interface).url == url)
  }

  @Test(
    arguments: [
      ("compute", nil, .public, "compute is in several regions: one, two. Say which (region_name)."),
      (
        "compute", "three", .public,
        "no public compute endpoint in region three; the catalogue has compute as internal in one, public in one, public in two"
      ),
      (
        "image", nil, .admin,
        "no admin image endpoint; the catalogue has image as public in one"
      ),
      (
        "volume", "one", .public,
        "no public volume endpoint in region one; the catalogue has only compute, empty, image"
      ),
    ] as [(String, String?, ServiceInterface, String)])
  func `what is missing is said together with what there is`(
    _ type: String, _ region: String?, _ interface: ServiceInterface, _ message: String
  ) {
    let error = #expect(throws: NovaError.self) {
      try catalog.endpoint(type, region: region, interface: interface)
    }
    #expect(error == NovaError(.misconfigured, message))
  }

  @Test(arguments: [
    ("public", ServiceInterface.public), ("publicURL", .public), ("internalURL", .internal),
    ("admin", .admin),
  ])
  func `interfaces have two spellings`(_ name: String, _ interface: ServiceInterface) {
    #expect(ServiceInterface(name: name) == interface)
    #expect(ServiceInterface(name: "pubic") == nil)
  }
}
