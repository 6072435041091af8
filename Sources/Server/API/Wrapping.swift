import HTTPTypes
import Hummingbird
import Journal
import NIOCore

/// Makes every failure an answer of the contract, and says of every answer how a browser must take it.
struct Wrapping: RouterMiddleware {
    /// Nothing of others, nothing inline, in nobody's frame.
    static let policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    func handle(
        _ request: Request, context: CallerContext,
        next: (Request, CallerContext) async throws -> Response
    ) async throws -> Response {
        var response = await answer(request, context, next)
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        if let name = Self.referrerPolicy { response.headers[name] = "no-referrer" }
        // What was true a moment ago is not true now, and is nobody else's to keep.
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    private static let referrerPolicy = HTTPField.Name("Referrer-Policy")

    private func answer(
        _ request: Request, _ context: CallerContext,
        _ next: (Request, CallerContext) async throws -> Response
    ) async -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError {
            return refusal(error.status, error.body ?? error.status.reasonPhrase, error.headers)
        } catch is NIOTooManyBytesError {
            return refusal(.contentTooLarge, "the body is too large", [.connection: "close"])
        } catch let error as JournalError {
            return refusal(.serviceUnavailable, "the journal cannot be read: \(error)")
        } catch {
            return refusal(.internalServerError, "something is wrong with drctl itself: its log tells")
        }
    }

    private func refusal(
        _ status: HTTPResponse.Status, _ why: String, _ headers: HTTPFields = [:]
    ) -> Response {
        guard var response = try? json(Refusal(error: why), status: status) else {
            return Response(status: status)
        }
        response.headers.append(contentsOf: headers)
        return response
    }
}
