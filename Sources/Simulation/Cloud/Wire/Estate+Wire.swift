import Failover
import HTTPTransport

extension Estate {
    /// How far a request's time may be off (AWS: about 5 min).
    static let clockTolerance: Int64 = 300

    /// Carries a request out, with what the fabric makes of it. Nil when no answer comes, ever.
    func respond(to call: WireCall, _ treatment: Passage.Treatment) -> HTTPResponse? {
        let state = state(of: call.region)
        let requestID = "request-\(nextID())"
        func refused(_ refusal: Refusal) -> HTTPResponse {
            WireAnswer.failure(refusal, service: call.service, requestID: requestID, at: now)
        }
        if isDataPlane(call) {
            guard state.hasData else { return nil }
            if call.service == "cloudwatch", !state.hasMetrics {
                return refused(Refusal("InternalServiceFault", "The request failed.", status: 500))
            }
        } else {
            switch state.control {
            case .up: break
            case .silent: return nil
            case .failing:
                return refused(
                    Refusal("ServiceUnavailable", "The service is temporarily unavailable.", status: 503))
            }
        }
        if let refusal = refusal(of: call, treatment) { return refused(refusal) }
        var asOf = now
        switch treatment {
        case .stale(let span): asOf = now - span
        case .serverError(let status, afterEffect: false): return WireAnswer.page(status, at: now)
        default: break
        }
        let answer: HTTPResponse
        do {
            answer = try carryOut(call, asOf: asOf, requestID)
        } catch {
            answer = refused(error)
        }
        switch treatment {
        case .serverError(let status, _): return WireAnswer.page(status, at: now)
        case .garbage: return WireAnswer.garbled(answer)
        default: return answer
        }
    }

    private func isDataPlane(_ call: WireCall) -> Bool {
        call.service == "sns" || call.service == "cloudwatch"
    }

    /// What is refused before anybody looks at what is wanted.
    private func refusal(of call: WireCall, _ treatment: Passage.Treatment) -> Refusal? {
        switch treatment {
        case .throttled:
            return call.service == "ec2"
                ? Refusal("RequestLimitExceeded", "Request limit exceeded.", status: 503)
                : Refusal("Throttling", "Rate exceeded")
        case .expiredToken:
            return Refusal(
                "ExpiredToken", "The security token included in the request is expired", status: 403)
        // Somebody else's words: a terminal would obey these.
        case .denied:
            let code = call.service == "ec2" ? "UnauthorizedOperation" : "AccessDenied"
            return Refusal(code, "Not authorized to perform \(call.operation)\u{9b}31m", status: 403)
        default: break
        }
        if let signedAt = call.signedAt, abs(signedAt - now.milliseconds / 1000) > Self.clockTolerance {
            return call.service == "ec2"
                ? Refusal("RequestExpired", "Request has expired.")
                : Refusal(
                    "SignatureDoesNotMatch", "Signature expired: the clock is too far off.", status: 403)
        }
        return nil
    }

    private func carryOut(
        _ call: WireCall, asOf time: Timestamp, _ requestID: String
    ) throws(Refusal) -> HTTPResponse {
        var refusal: Refusal?
        let answer = WireAnswer.success(call, requestID: requestID) { xml in
            do {
                switch call.service {
                case "rds": try rds(call, asOf: time, &xml)
                case "ec2": try ec2(call, asOf: time, &xml)
                case "route53": try route53(call, asOf: time, &xml)
                case "cloudwatch": try cloudWatch(call)
                case "sns": try sns(call, &xml)
                default: throw Refusal.noOperation(call)
                }
            } catch let error as Refusal {
                refusal = error
            } catch {
                preconditionFailure("a service throws what is no refusal: \(error)")
            }
        }
        if let refusal { throw refusal }
        return answer
    }
}
