/// What somebody else does to the cloud while a test looks on.
extension Sandbox {
  /// How many images there are, those of other projects included.
  package var imageCount: Int { images.count }

  /// An image as the image service has it, whoever may see it.
  package func image(_ id: String) -> ImageRecord? { images[id] }

  /// All images, newest first, whoever may see them.
  package var allImages: [ImageRecord] { Array(images.newestFirst) }

  /// Adds an image, or puts one in the place of the one with its id.
  package func add(_ image: ImageRecord) { images.insert(image) }

  /// Makes an image of the project `demo`, now, and gives its id.
  @discardableResult
  package func create(
    _ name: String?, status: ImageRecord.Status = .active, size: Int? = nil,
    properties: ImageProperties = [:]
  ) -> String {
    var image = ImageRecord(
      id: newID(), name: name, owner: Accounts.demoProject.id, created: now, status: status,
      visibility: .private, size: size, properties: properties)
    image.updated = now
    images.insert(image)
    return image.id
  }

  /// Changes anything of an image, if it is there; the time of the change is now.
  package func modify(_ id: String, _ change: @Sendable (inout ImageRecord) -> Void) {
    let time = now
    images.update(id) { image in
      change(&image)
      image.updated = time
    }
  }

  /// The upload begins.
  package func startSaving(_ id: String) { modify(id) { $0.status = .saving } }

  /// The upload ends well.
  package func finish(_ id: String, size: Int) {
    modify(id) { image in
      image.status = .active
      image.size = size
    }
  }

  /// The upload fails.
  package func fail(_ id: String) { modify(id) { $0.status = .killed } }

  /// The image is gone, protected or not.
  package func remove(_ id: String) { images.remove(id) }

  /// Sets one metadata item.
  package func set(_ key: String, to value: String?, on id: String) {
    modify(id) { $0.properties[key] = value }
  }
}
