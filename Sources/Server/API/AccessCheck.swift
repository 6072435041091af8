import Foundation
import HTTPTypes
import Hummingbird

/// Lets in who may come in, and says what they may.
struct AccessCheck: RouterMiddleware {
    let access: Access

    /// What holds nothing of anybody's: probes of health, and what never changes.
    static let open: Set<String> = [
        "/livez", "/readyz", "/v1/openapi.json", "/page.css", "/page.js", "/icon.svg",
    ]

    func handle(
        _ request: Request, context: CallerContext,
        next: (Request, CallerContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        switch access {
        case .socket: context.caller = Caller(name: nil, mayAct: true)
        case .open:
            // A web page of somebody else's may have its own name lead here (DNS rebinding), and read.
            guard Self.isOfThisHost(request.head.authority) else {
                throw HTTPError(.misdirectedRequest, message: "ask for this host by its loopback address")
            }
        case .tokens(let file):
            guard !Self.open.contains(request.uri.path) else { break }
            guard let presented = Self.presented(request.headers[.authorization]),
                var caller = file.caller(presenting: presented.token)
            else {
                throw HTTPError(
                    .unauthorized, headers: [.wwwAuthenticate: #"Basic realm="drctl", charset="UTF-8""#],
                    message: "a token is needed: Authorization: Bearer, or as the password of Basic")
            }
            // A browser sends Basic by itself, on behalf of any page: it must not act.
            if presented.isBasic { caller.mayAct = false }
            context.caller = caller
        }
        return try await next(request, context)
    }

    static func presented(_ header: String?) -> (token: String, isBasic: Bool)? {
        guard let words = header?.split(separator: " "), words.count == 2 else { return nil }
        switch words[0].lowercased() {
        case "bearer": return (String(words[1]), false)
        case "basic":
            guard let data = Data(base64Encoded: String(words[1])),
                let pair = String(data: data, encoding: .utf8), let colon = pair.firstIndex(of: ":")
            else { return nil }
            return (String(pair[pair.index(after: colon)...]), true)
        default: return nil
        }
    }

    static func isOfThisHost(_ authority: String?) -> Bool {
        guard let authority else { return false }
        let pattern = /(localhost|127\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}|\[::1\])(:[0-9]{1,5})?/
        return authority.lowercased().wholeMatch(of: pattern) != nil
    }
}
