import AWS
import Failover
import HTTPTransport

/// JSON to an address that is a secret as a whole: tokens stand in its path, so of all of it only the host is
/// ever told.
struct HTTPPost: Sendable {
    var transport: any Transport
    var url: Secret
    /// What the answer may quote.
    var hidden: [Secret]

    /// `hidden`: further secrets within the body.
    init(_ transport: any Transport, to url: Secret, hiding hidden: [Secret] = []) {
        self.transport = transport
        self.url = url
        self.hidden = [url] + Self.parts(url) + hidden
    }

    /// Path and query, and each piece of them that is long enough to be a token: servers quote the path alone
    /// in their errors, or a word of it.
    private static func parts(_ url: Secret) -> [Secret] {
        guard let scheme = url.text.firstRange(of: "://") else { return [] }
        let target = url.text[scheme.upperBound...].drop { !"/?#".contains($0) }
        let pieces = target.split { "/?#&=".contains($0) }.map(String.init)
        return ([String(target)] + pieces).filter { $0.count >= 6 }.map { Secret($0) }
    }

    /// Larger answers are nothing that a person would read.
    static let maxAnswer = 64 * 1024

    func send(_ body: JSONValue, headers: [HTTPHeader] = [], limit: Duration) async -> Attempted {
        await send(Array(body.text.utf8), headers: headers, limit: limit)
    }

    func send(_ body: [UInt8], headers: [HTTPHeader] = [], limit: Duration) async -> Attempted {
        guard Self.isSafe(url.text) else {
            return .refused("its file holds no https URL (http is for loopback addresses alone)")
        }
        let request = HTTPRequest(
            method: "POST", url: url.text,
            headers: HTTPHeaders(
                [HTTPHeader("Content-Type", "application/json; charset=utf-8")] + headers),
            body: body, timeouts: Timeouts(connect: min(limit, .seconds(5)), total: limit),
            // Told twice is better than not at all, and the id shows it.
            maxResponseBytes: Self.maxAnswer, isIdempotent: true)
        return await answer(to: request)
    }

    func answer(to request: HTTPRequest) async -> Attempted {
        do throws(TransportError) {
            return judged(try await transport.send(request))
        } catch {
            return judged(error)
        }
    }

    private func judged(_ answer: HTTPResponse) -> Attempted {
        let text = String(decoding: answer.body.prefix(2000), as: UTF8.self).hiding(hidden)
            .oneLine(limit: 160)
        let what = "\(host) answers \(answer.status)\(text.isEmpty ? "" : ": \(text)")"
        switch answer.status {
        case 200..<300: return .delivered(nil)
        case 408, 425, 429, 500...: return .failed(what, after: RetryAfter.span(answer.headers))
        case 300..<400: return .refused("\(what) (redirects are not followed)")
        default: return .refused(what)
        }
    }

    private func judged(_ error: TransportError) -> Attempted {
        let detail = error.detail.hiding(hidden).oneLine(limit: 200)
        let what = "\(host): \(Self.words(error.kind)): \(detail)"
        switch error.kind {
        // A certificate that is refused stays so for longer than anybody waits.
        case .tlsFailed where detail.contains("certificate"), .badRequest, .responseTooLarge:
            return .refused(what)
        default: return .failed(what)
        }
    }

    static func words(_ kind: TransportError.Kind) -> String {
        switch kind {
        case .nameNotResolved: "its name is not resolved"
        case .connectionRefused: "nothing listens there"
        case .unreachable: "there is no way to it"
        case .connectTimeout: "no connection in time"
        case .totalTimeout: "no answer in time"
        case .tlsFailed: "no safe connection"
        case .connectionLost: "the connection was lost"
        case .responseTooLarge: "its answer is too long"
        case .badRequest: "it cannot be sent"
        case .cancelled, .shutDown: "cut off"
        case .other: "failed"
        }
    }

    /// The host alone: the rest of the address may be the secret.
    private var host: String {
        guard let scheme = url.text.firstRange(of: "://") else { return "it" }
        return String(
            url.text[scheme.upperBound...].prefix { !"/?#".contains($0) }.split(separator: "@").last ?? "it")
    }

    static func isSafe(_ url: String) -> Bool {
        if url.hasPrefix("https://") { return true }
        guard let rest = url.wholeMatch(of: /http:\/\/(localhost|127\.[0-9.]+|\[::1\])([:\/].*)?/) else {
            return false
        }
        return !rest.1.isEmpty
    }
}

/// `Retry-After` in seconds (RFC 9110, 10.2.3). A date is not understood: nobody of these sends one.
enum RetryAfter {
    static func span(_ headers: HTTPHeaders) -> Duration? {
        guard let text = headers.first("Retry-After"), let seconds = Double(text), seconds >= 0,
            seconds < 100_000
        else { return nil }
        return .milliseconds(Int64(seconds * 1000))
    }
}
