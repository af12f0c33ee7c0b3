import CVterm

/// A terminal without a window: libvterm takes the bytes of a program and knows what a person would see.
///
/// libvterm 0.1 knows no dim text, so that arrives as another font (`VtermDialect`).
package final class VirtualTerminal {
  /// The one owner of these pointers; the screen and the state belong to the terminal.
  private let vterm: OpaquePointer
  private let screen: OpaquePointer
  /// What libvterm reports as it happens, at an address that stays.
  private let reports: UnsafeMutablePointer<Reports>
  private var filter = VtermDialect()

  private struct Reports {
    var isCursorVisible = true
    var isAlternate = false
    var title = ""
    var bells = 0
  }

  package init(rows: Int, columns: Int) {
    vterm = vterm_new(Int32(rows), Int32(columns))
    screen = vterm_obtain_screen(vterm)
    reports = .allocate(capacity: 1)
    reports.initialize(to: Reports())
    vterm_set_utf8(vterm, 1)
    // Before the reset, or it stays off.
    vterm_screen_enable_altscreen(screen, 1)
    vterm_screen_set_callbacks(screen, Self.callbacks, reports)
    vterm_screen_reset(screen, 1)
  }

  deinit {
    vterm_free(vterm)
    reports.deinitialize(count: 1)
    reports.deallocate()
  }

  package func feed(_ bytes: [UInt8]) {
    filter.pass(bytes).withUnsafeBytes { buffer in
      guard let start = buffer.bindMemory(to: CChar.self).baseAddress else { return }
      vterm_input_write(vterm, start, buffer.count)
    }
  }

  package func resize(rows: Int, columns: Int) {
    vterm_set_size(vterm, Int32(rows), Int32(columns))
  }

  package var rows: Int { size.rows }
  package var columns: Int { size.columns }
  package var isCursorVisible: Bool { reports.pointee.isCursorVisible }
  package var isAlternateScreen: Bool { reports.pointee.isAlternate }
  package var title: String { reports.pointee.title }
  package var bellCount: Int { reports.pointee.bells }

  package var cursor: (row: Int, column: Int) {
    var position = VTermPos()
    vterm_state_get_cursorpos(vterm_obtain_state(vterm), &position)
    return (Int(position.row), Int(position.col))
  }

  package func cell(row: Int, column: Int) -> TerminalCell {
    var cell = VTermScreenCell()
    vterm_screen_get_cell(screen, VTermPos(row: Int32(row), col: Int32(column)), &cell)
    let isRightHalf = cell.chars.0 == Self.rightHalf
    let text = isRightHalf ? "" : String(Self.scalars(of: cell))
    return TerminalCell(
      text.isEmpty && !isRightHalf ? " " : text, width: isRightHalf ? 0 : Int(cell.width),
      foreground: cvterm_is_default_foreground(&cell) != 0 ? nil : Int(cvterm_color_index(&cell.fg)),
      background: cvterm_is_default_background(&cell) != 0 ? nil : Int(cvterm_color_index(&cell.bg)),
      isBold: cell.attrs.bold != 0, isDim: cell.attrs.font == VtermDialect.font,
      isUnderlined: cell.attrs.underline != 0,
      isReversed: cell.attrs.reverse != 0)
  }

  /// What libvterm has in place of a sign in the second half of a wide one.
  private static let rightHalf = UInt32.max

  private static func scalars(of cell: VTermScreenCell) -> String.UnicodeScalarView {
    withUnsafeBytes(of: cell.chars) { bytes in
      String.UnicodeScalarView(
        bytes.bindMemory(to: UInt32.self).prefix { $0 != 0 }.compactMap(Unicode.Scalar.init))
    }
  }

  /// One row without its trailing blanks.
  package func text(row: Int) -> String {
    var line = ""
    var blanks = 0
    for column in 0..<columns {
      var cell = VTermScreenCell()
      vterm_screen_get_cell(screen, VTermPos(row: Int32(row), col: Int32(column)), &cell)
      switch (cell.chars.0, cell.chars.1) {
      case (0, _), (0x20, 0): blanks += 1
      case (Self.rightHalf, _): break
      default:
        line += String(repeating: " ", count: blanks)
        line.unicodeScalars += Self.scalars(of: cell)
        blanks = 0
      }
    }
    return line
  }

  /// All rows without their trailing blanks.
  package var text: String { (0..<rows).map(text(row:)).joined(separator: "\n") }

  private var size: (rows: Int, columns: Int) {
    var rows: Int32 = 0
    var columns: Int32 = 0
    vterm_get_size(vterm, &rows, &columns)
    return (Int(rows), Int(columns))
  }

  // libvterm keeps the address, so it is never freed; nothing writes to it after it was made.
  nonisolated(unsafe) private static let callbacks: UnsafePointer<VTermScreenCallbacks> = {
    let callbacks = UnsafeMutablePointer<VTermScreenCallbacks>.allocate(capacity: 1)
    callbacks.initialize(to: VTermScreenCallbacks())
    callbacks.pointee.settermprop = { property, value, user in
      guard let value, let reports = user?.assumingMemoryBound(to: Reports.self) else { return 0 }
      switch property {
      case VTERM_PROP_CURSORVISIBLE: reports.pointee.isCursorVisible = value.pointee.boolean != 0
      case VTERM_PROP_ALTSCREEN: reports.pointee.isAlternate = value.pointee.boolean != 0
      case VTERM_PROP_TITLE: reports.pointee.title = value.pointee.string.map { String(cString: $0) } ?? ""
      default: return 0
      }
      return 1
    }
    callbacks.pointee.bell = { user in
      user?.assumingMemoryBound(to: Reports.self).pointee.bells += 1
      return 1
    }
    return UnsafePointer(callbacks)
  }()
}
