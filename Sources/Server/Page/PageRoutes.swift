import Failover
import HTTPTypes
import Hummingbird
import Journal
import NIOCore

/// The status page and what belongs to it. One for all doors, so that what it remembers is remembered once.
public struct PageRoutes: Sendable {
    let feed: PageFeed
    private let sleep: @Sendable (Duration) async throws -> Void
    private let streams = Locked(0)

    public init(
        operations: any Operations, words: PageWords,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        feed = PageFeed(operations, words: words)
        self.sleep = sleep
    }

    /// Remembers the lag, also while nobody looks, until the task is cancelled.
    public func remember() async {
        while !Task.isCancelled {
            await feed.sample()
            do { try await sleep(LagHistory.step) } catch { return }
        }
    }

    static let table: [OperatorRoutes.Route] = [
        .init(.get, "/") { routes, _, _ in
            let page = StatusPage(snapshot: await routes.page.feed.snapshot())
            return asset(Array(page.html.text.utf8), "text/html; charset=utf-8")
        },
        .init(.get, "/events") { routes, _, _ in try routes.page.events() },
        .init(.get, "/page.css") { _, _, _ in asset(PackageResources.page_css, "text/css; charset=utf-8") },
        .init(.get, "/page.js") { _, _, _ in
            asset(PackageResources.page_js, "text/javascript; charset=utf-8")
        },
        .init(.get, "/icon.svg") { _, _, _ in asset(PackageResources.icon_svg, "image/svg+xml") },
    ]

    private func events() throws -> Response {
        guard streams.withLock({ $0 < PageEvents.limit }) else {
            throw HTTPError(
                .serviceUnavailable, headers: [.retryAfter: "10"],
                message: "\(PageEvents.limit) windows look already: load the page anew instead")
        }
        let events = PageEvents(feed: feed, sleep: sleep)
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream"],
            body: ResponseBody { [streams] writer in
                streams.withLock { $0 += 1 }
                defer { streams.withLock { $0 -= 1 } }
                try await events.write(to: &writer)
            })
    }

    private static func asset(_ bytes: [UInt8], _ type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
