package import BrowserModel

/// What lies over the panes, where a test expects just that.
extension Browser {
  package var openEditor: MetadataEditor {
    get throws {
      guard case .editor(let editor) = overlay else {
        throw UnexpectedOverlay(overlay: overlay, notice: notice)
      }
      return editor
    }
  }

  package var openReview: Review {
    get throws {
      guard case .review(let review) = overlay else {
        throw UnexpectedOverlay(overlay: overlay, notice: notice)
      }
      return review
    }
  }
}

private struct UnexpectedOverlay: Error {
  var overlay: Browser.Overlay?
  var notice: Notice?
}
