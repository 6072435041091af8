import HTTPTypes
import Hummingbird
import NIOCore
import Webhook

/// `POST /hooks/sns` and `POST /hooks/generic`. They tell a sender one word, and nothing about this host.
struct WebhookRoutes: Sendable {
    let intake: Intake
    let turnstile: Turnstile

    /// A request, with the address it came from.
    struct Context: RequestContext {
        var coreContext: CoreRequestContextStorage
        let peer: String

        init(source: ApplicationRequestContextSource) {
            coreContext = .init(source: source)
            peer = source.channel.remoteAddress?.ipAddress ?? ""
        }
    }

    static let timestamp = HTTPField.Name("X-Drctl-Timestamp")
    static let signature = HTTPField.Name("X-Drctl-Signature")

    func router() -> Router<Context> {
        let router = Router(context: Context.self)
        router.post("/hooks/sns") { request, context in
            await answer(at: .sns, request, context, limit: Intake.snsLimit) { body in
                await intake.sns(body)
            }
        }
        router.post("/hooks/generic") { request, context in
            let headers = request.headers
            return await answer(at: .generic, request, context, limit: Intake.genericLimit) { body in
                await intake.generic(
                    body, timestamp: Self.timestamp.flatMap { headers[$0] },
                    signature: Self.signature.flatMap { headers[$0] })
            }
        }
        return router
    }

    private func answer(
        at door: Counts.Door, _ request: Request, _ context: Context, limit: Int,
        _ take: @Sendable ([UInt8]) async -> Answer
    ) async -> Response {
        // One that does not say how much it will send may send all that it is allowed to.
        let announced = request.headers[.contentLength].flatMap(Int.init) ?? limit
        guard (0...limit).contains(announced) else { return turnAway(.refused(.oversized), at: door) }
        guard turnstile.enter(context.peer, bytes: announced) else {
            return turnAway(.unavailable(.busy), at: door)
        }
        defer { turnstile.leave(context.peer, bytes: announced) }
        let body: [UInt8]
        do {
            body = Array(try await request.body.collect(upTo: limit).readableBytesView)
        } catch is NIOTooManyBytesError {
            return turnAway(.refused(.oversized), at: door)
        } catch let error as HTTPError where error.status == .contentTooLarge {
            return turnAway(.refused(.oversized), at: door)
        } catch {
            // It ended in the middle; nobody is there to read this.
            return turnAway(.refused(.malformed), at: door)
        }
        return Self.response(await take(body))
    }

    private func turnAway(_ answer: Answer, at door: Counts.Door) -> Response {
        intake.turnedAway(answer, at: door)
        return Self.response(answer)
    }

    private static func response(_ answer: Answer) -> Response {
        var headers: HTTPFields = [.contentType: "text/plain; charset=utf-8"]
        // A body that was not read would have to be read to its end first.
        if answer == .refused(.oversized) || answer == .unavailable(.busy) { headers[.connection] = "close" }
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: answer.name + "\n")))
    }
}
