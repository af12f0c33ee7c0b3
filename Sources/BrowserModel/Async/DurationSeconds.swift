package import Foundation

extension Duration {
  /// As Foundation counts.
  package var seconds: TimeInterval {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
