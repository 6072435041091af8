/// An operation whose answer comes in pages.
public protocol PaginatedOperation: Operation {
    associatedtype Item: Sendable
    associatedtype Token: Hashable & Sendable

    /// What one page holds.
    static func items(of page: Output) -> [Item]
    /// Where the next page begins. Nil after the last one.
    static func nextToken(of page: Output) -> Token?
    /// The same request, for the page that begins there.
    func resumed(at token: Token) -> Self
}

extension AWSClient {
    /// 100 pages hold 10,000 database instances, more than an account may have without asking.
    public static let defaultMaxPages = 100

    /// Every page. A token that comes twice, or more than `maxPages` pages, is an error: half a list would
    /// pass for a whole one.
    public func pages<O: PaginatedOperation>(
        _ operation: O, region: String, options: CallOptions = CallOptions(), maxPages: Int = defaultMaxPages
    ) async throws(AWSError) -> [O.Output] {
        let startedAt = surroundings.steady()
        var options = options
        let deadline = options.deadline
        var request = operation
        var pages: [O.Output] = []
        var seen: Set<O.Token> = []
        while true {
            if let deadline { options.deadline = deadline - (surroundings.steady() - startedAt) }
            let page = try await call(request, region: region, options: options)
            pages.append(page)
            guard let token = O.nextToken(of: page) else { return pages }
            guard seen.insert(token).inserted else {
                throw endless(operation, region, "page \(pages.count) leads back to an earlier page")
            }
            guard pages.count < maxPages else {
                throw endless(operation, region, "there are more than \(maxPages) pages")
            }
            request = operation.resumed(at: token)
        }
    }

    /// The items of every page.
    public func all<O: PaginatedOperation>(
        _ operation: O, region: String, options: CallOptions = CallOptions(), maxPages: Int = defaultMaxPages
    ) async throws(AWSError) -> [O.Item] {
        try await pages(operation, region: region, options: options, maxPages: maxPages).flatMap(O.items)
    }

    private func endless<O: Operation>(_ operation: O, _ region: String, _ message: String) -> AWSError {
        AWSError(
            service: O.service, operation: O.name, region: region, kind: .pagination, message: message,
            outcome: .notDone, retryable: false)
    }
}
