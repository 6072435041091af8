import Failover
import Foundation
import Hummingbird
import NIOCore

/// The page's changes as server-sent events: each changed piece, and the time, so that silence shows.
struct PageEvents: Sendable {
    /// Streams at once: each holds a connection and is looked after once a second.
    static let limit = 16
    static let every = Duration.seconds(1)
    /// A stream without a change says at least that it lives.
    static let heartbeat = Duration.seconds(5)
    /// For longer a stream is not kept: whoever was taken out of the tokens is out by then. A browser comes
    /// back by itself.
    static let longest = Duration.seconds(600)

    private struct Change: Encodable {
        var id: String
        var html: String
    }

    private struct Moment: Encodable { var now: Timestamp }

    let feed: PageFeed
    let sleep: @Sendable (Duration) async throws -> Void

    func write(to writer: inout any ResponseBodyWriter) async throws {
        var sent: [String: HTML] = [:]
        var spoken: Timestamp?
        var begun: Timestamp?
        // Soon after the connection is lost, and not in a hurry.
        try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
        while true {
            let snapshot = await feed.snapshot()
            begun = begun ?? snapshot.now
            if let begun, snapshot.now - begun > Self.longest { break }
            let changed = snapshot.pieces.filter { sent[$0.id] != $0.html }
            for piece in changed { sent[piece.id] = piece.html }
            if !changed.isEmpty || spoken.map({ snapshot.now - $0 >= Self.heartbeat }) ?? true {
                let pieces = try changed.map { try event("piece", Change(id: $0.id, html: $0.html.text)) }
                let moment = try event("now", Moment(now: snapshot.now))
                try await writer.write(ByteBuffer(string: pieces.joined() + moment))
                spoken = snapshot.now
            }
            try await sleep(Self.every)
        }
        try await writer.finish(nil)
    }

    /// JSON has no raw newline, so that one line is enough.
    private func event(_ name: String, _ data: some Encodable) throws -> String {
        "event: \(name)\ndata: \(String(decoding: try contractEncoder().encode(data), as: UTF8.self))\n\n"
    }
}
