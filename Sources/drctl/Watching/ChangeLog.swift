import Failover
import Foundation
import Server

/// One line for each change, for whoever has no terminal to redraw.
struct ChangeLog {
    let json: Bool
    private var known: [WorkloadID: WorkloadView] = [:]
    private var loss: WatchPicture.Loss?

    init(json: Bool) { self.json = json }

    mutating func lines(of picture: WatchPicture, now: Timestamp) throws -> [String] {
        var lines: [String] = []
        if picture.loss?.since != loss?.since {
            loss = picture.loss
            let change = Connection(
                at: now, connection: loss == nil ? "restored" : "lost", because: loss?.because)
            lines.append(json ? try compact(change) : change.text)
        }
        guard picture.loss == nil else { return lines }
        let at = picture.status.now
        for view in picture.views {
            let before = known.updateValue(view, forKey: view.id)
            guard before.map(Essence.init) != Essence(view) else { continue }
            if json {
                lines.append(try compact(Change(at: at, workload: view)))
            } else {
                lines += ChangeText(before: before, view: view, at: at).lines
            }
        }
        for id in known.keys.filter({ id in !picture.views.contains { $0.id == id } }) {
            known[id] = nil
            let gone = Gone(at: at, gone: id)
            lines.append(
                json ? try compact(gone) : "\(clockText(at, now: at))  \(id) is no longer configured")
        }
        return lines
    }

    private func compact(_ value: some Encodable) throws -> String {
        String(decoding: try contractEncoder().encode(value), as: UTF8.self)
    }

    private struct Change: Encodable {
        var at: Timestamp
        var workload: WorkloadView
    }

    private struct Gone: Encodable {
        var at: Timestamp
        var gone: WorkloadID
    }

    private struct Connection: Encodable {
        var at: Timestamp
        var connection: String
        var because: String?

        var text: String {
            let reason = because.map { "; trying again. \(oneLine($0))" } ?? ""
            let word = connection == "lost" ? "CONNECTION LOST" : "connection restored"
            return "\(clockText(at, now: at))  \(word)\(reason)"
        }
    }
}
