// The filter: typed live, as a form, or on a key.
extension Browser {
  func setFilter(_ filter: ImageFilter) {
    self.filter = filter
    show()
  }

  func typeNameFilter() {
    focus = .list
    overlay = .nameFilter(TextField(filter.name?.typed ?? ""), before: filter.name)
  }

  func performInNameFilter(_ command: Command, _ field: TextField, _ before: NameTerm?) {
    switch command {
    case .type(let edit):
      var field = field
      field.apply(edit)
      overlay = .nameFilter(field, before: before)
      filter.name = NameTerm(field.text)
      show()
    case .accept: overlay = nil
    case .move(let motion): move(motion)
    default: break
    }
  }

  func openFilterForm() {
    var form = FilterForm(filter)
    form.matches = feed.listing.shown
    overlay = .filterForm(form)
  }

  func performInForm(_ command: Command, _ form: FilterForm) {
    var form = form
    switch command {
    case .type(let edit): form.apply(edit)
    case .nextField, .move(.down): form.moveField(by: 1)
    case .previousField, .move(.up): form.moveField(by: -1)
    case .select(let row):
      guard FilterForm.Field.allCases.indices.contains(row) else { return }
      form.go(to: FilterForm.Field.allCases[row])
    case .clearForm: form.clear()
    case .accept:
      if let filter = form.filter(now: time.now) {
        overlay = nil
        setFilter(filter)
        return
      }
    default: return
    }
    if form.draft(now: now) != self.filter { form.matches = nil }
    overlay = .filterForm(form)
    countMatches(form.draft(now: time.now))
  }

  /// The number of images that would be shown follows the typing.
  private func countMatches(_ draft: ImageFilter) {
    slots.run(.count) { [self] in
      let count = try await feed.catalogue.count(draft)
      try Task.checkCancellation()
      guard case .filterForm(var form) = overlay else { return }
      form.matches = count
      overlay = .filterForm(form)
    } failed: { _ in
    }
  }
}
