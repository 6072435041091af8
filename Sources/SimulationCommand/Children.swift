import Foundation
import Simulation

/// Runs assignments in child processes, some at a time. One process each, so that a run which takes its
/// process down is known by its seed and costs nothing but itself.
struct Children {
    var jobs: Int
    /// Hears of every result, as they come.
    var take: (Assignment, SeedResult) -> Void
    /// Called a few times a second.
    var idle: () -> Void

    /// A run takes a fraction of a second, some take seconds in a debug build.
    static let patience: TimeInterval = 120

    /// False when it was interrupted.
    func run(_ assignments: [Assignment]) throws -> Bool {
        Interruption.watch()
        var waiting = assignments[...]
        var children: [Child] = []
        defer { for child in children { child.end() } }
        while !waiting.isEmpty || !children.isEmpty {
            while children.count < jobs, let next = waiting.popFirst() { children.append(try Child(next)) }
            if Interruption.hasCome { return false }
            for child in ready(children) {
                if let successor = try serve(child) {
                    guard successor !== child else { continue }
                    children.append(successor)
                }
                children.removeAll { $0 === child }
            }
            idle()
        }
        return true
    }

    /// What has something to say, or has been silent for too long.
    private func ready(_ children: [Child]) -> [Child] {
        var polled = children.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        _ = poll(&polled, nfds_t(polled.count), 200)
        return zip(children, polled).filter { child, entry in
            entry.revents != 0 || -child.heardAt.timeIntervalSinceNow > Self.patience
        }.map(\.0)
    }

    /// The child itself while it goes on; another one that goes on after a run that took its process down;
    /// nil when all is done.
    private func serve(_ child: Child) throws -> Child? {
        let isSilent = -child.heardAt.timeIntervalSinceNow > Self.patience
        if isSilent { child.end() }
        guard !isSilent, let results = child.results() else { return try replacement(of: child, isSilent) }
        for result in results {
            take(child.original, result)
            if child.original.endsWithFirst, !result.violations.isEmpty {
                child.end()
                return nil
            }
        }
        return child
    }

    private func replacement(of child: Child, _ isSilent: Bool) throws -> Child? {
        let detail = isSilent ? "the run does not end" : child.ending()
        guard let undone = child.assignment else { return nil }
        take(child.original, SeedResult(crashed: undone.from, detail: detail))
        if child.original.endsWithFirst { return nil }
        return try undone.rest.map { try Child($0, original: child.original) }
    }
}

/// Ctrl-C, noticed.
enum Interruption {
    // Written by the signal's handler, which may do no more than that, and read by the one thread there is.
    nonisolated(unsafe) private static var flag: sig_atomic_t = 0

    static var hasCome: Bool { flag != 0 }

    static func watch() {
        signal(SIGINT) { _ in Interruption.flag = 1 }
        signal(SIGTERM) { _ in Interruption.flag = 1 }
    }
}
