extension Browser {
  /// Does what a person asked for. The state has changed when it returns; what must be waited for goes on in a task.
  ///
  /// - Returns: what the terminal must do besides.
  package func perform(_ command: Command) -> Effect? {
    lastKey = time.now
    if !arrivals.isEmpty { arrivals = [] }
    defer {
      updateHighlights()
      feed.reconsiderPace()
    }
    return carry(out: command)
  }

  private func carry(out command: Command) -> Effect? {
    if command == .back, context.isPane, cancelReading() { return nil }
    // What was said stays until the person does something that could be answered by something else. Whoever closes a page
    // that lies over the work has hardly seen yet what the work has come to.
    let leavesRaised = raised != nil && (command == .back || command == .quit)
    if !command.isMotion, command != .trouble, !leavesRaised { notice = nil }
    // A question whose reason has ended has ended with it, and another reason is another question.
    if !isAskingToQuit { wantsToQuit = false }
    if command.isForImage || command == .otherPane, current != nil { cursor.hold() }
    switch command {
    case .redraw: return .redraw
    case .suspend:
      // Who is stopped cannot write what was typed in the last half second.
      if case .editor(let editor) = overlay, slots.isRunning(.typing) { keep(editor) }
      return .suspend
    case .quitNow: return quitNow()
    case .quit: return back(canQuit: true)
    case .copyID: return copyID()
    case .mouse: return toggleMouse()
    case .back: return back(canQuit: false)
    case .help where !isAskingToQuit:
      if raised?.isHelp != true { raised = Page(.help(context)) }
      return nil
    default: break
    }
    if isAskingToQuit { return command == .confirm ? .quit : nil }
    if case .type = command, !context.isTyping {
      say(.information, "What was pasted is not run as keys, and no field is open for it.")
      return nil
    }
    if let raised {
      performOnPage(command, raised)
      return nil
    }
    if command == .requests, isWriting {
      // Over the work, which goes on below it.
      raised = Page(.requests)
      return nil
    }
    switch overlay {
    case nil: performInPanes(command)
    case .nameFilter(let field, let before): performInNameFilter(command, field, before)
    case .filterForm(let form): performInForm(command, form)
    case .gathering: break
    case .deletion(let deletion): performInDeletion(command, deletion)
    case .page(let page): performOnPage(command, page)
    case .changes(let page): performInChanges(command, page)
    case .editor(let editor): performInEditor(command, editor)
    case .review(let review): performInReview(command, review)
    case .drafts(let cursor): performInDrafts(command, cursor)
    case .discarding(let draft): if command == .confirm { discard(draft) }
    }
    return nil
  }

  private func performInPanes(_ command: Command) {
    switch command {
    case .move(let motion): move(motion)
    case .open: open()
    case .otherPane where focus == .list && current == nil: _ = under()
    case .otherPane:
      focus = focus == .list ? .detail : .list
      showDetail()
    case .filterName: typeNameFilter()
    case .filterForm: openFilterForm()
    case .clearFilters: setFilter(ImageFilter())
    case .quickFilter(let quick): setFilter(quick.toggled(in: filter))
    case .orderByNext: setOrder(order.next)
    case .reverseOrder: setOrder(order.reversed)
    case .mark: toggleMark()
    case .markRange: toggleRange()
    case .markAll: toggleAllMarks()
    case .edit: edit()
    case .external: edit(externally: true)
    case .takeBack: takeBack()
    case .drafts: openDrafts()
    case .delete: askToDelete()
    case .json: showJSON()
    case .requests: overlay = .page(Page(.requests))
    case .changes: openChanges()
    case .follow: toggleFollowing()
    case .trouble: showTrouble()
    case .select(let row): select(row)
    case .moveInOtherPane(let motion): move(motion, in: focus == .list ? .detail : .list)
    case .orderBy(let column): setOrder(column == order.column ? order.reversed : ImageOrder(column))
    case .wideColumns: showsAllColumns.toggle()
    case .largerPane, .smallerPane:
      guard viewport.hasDetailPane else {
        say(.information, "In this window the detail has no pane of its own: Enter opens it.")
        break
      }
      paneSteps = min(max(paneSteps + (command == .largerPane ? 1 : -1), -4), 8)
    case .refresh: refresh()
    case .pause: pause()
    default: break
    }
  }

  /// Unsaved edits are safe on disk, but somebody who leaves should know of them, and of what is still being sent.
  /// Asked twice, it is done.
  private func quitNow() -> Effect? {
    if case .editor(let editor) = overlay { keep(editor) }
    return isAskingToQuit ? .quit : quitOrAsk()
  }

  private func quitOrAsk() -> Effect? {
    wantsToQuit = true
    return isAskingToQuit ? nil : .quit
  }

  /// Whether the question about leaving lies over everything else, which goes on below it. It ends with its reason.
  package var isAskingToQuit: Bool { wantsToQuit && (!draftList.isEmpty || isWriting) }

  /// Whether edits or deletions are being sent.
  package var isWriting: Bool {
    switch overlay {
    case .review(let review): review.phase == .sending || review.phase == .stopping
    case .deletion(let deletion): deletion.phase == .running || deletion.phase == .stopping
    default: false
    }
  }

  /// One step back: what lies over the panes, a range, the detail, the filter, the marks.
  private func back(canQuit: Bool) -> Effect? {
    guard !isAskingToQuit else {
      wantsToQuit = false
      return nil
    }
    if let raised {
      leavePage(raised)
      return nil
    }
    if canQuit, isWriting { return quitOrAsk() }
    switch overlay {
    case .nameFilter(_, let before):
      overlay = nil
      filter.name = before
      show()
    case .deletion(var deletion) where deletion.phase == .running:
      deletion.phase = .stopping
      overlay = .deletion(deletion)
    case .deletion(let deletion) where deletion.phase == .stopping: stopWaiting(for: deletion)
    case .deletion(let deletion) where deletion.phase == .asking:
      overlay = nil
      say(.information, "Nothing was deleted.")
    case .discarding: overlay = .drafts(cursor: draftCursor ?? 0)
    case .page(let page): leavePage(page)
    case .changes(let page): leaveChanges(page)
    case .editor(let editor): leaveEditor(editor)
    case .review(let review): leaveReview(review)
    case .some: overlay = nil
    case nil:
      if rangeStart != nil {
        rangeStart = nil
      } else if focus == .detail {
        focus = .list
      } else if canQuit {
        return quitOrAsk()
      } else if !filter.isEmpty {
        setFilter(ImageFilter())
        say(.information, "Filter cleared.")
      } else if !marks.isEmpty {
        say(.information, "Marks cleared (\(marks.count)).")
        marks = []
      }
    }
    return nil
  }
}

extension Command {
  fileprivate var isMotion: Bool {
    switch self {
    case .move, .moveInOtherPane: true
    default: false
    }
  }
}
