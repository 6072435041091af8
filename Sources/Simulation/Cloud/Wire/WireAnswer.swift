import Failover
import HTTPTransport

/// Answers as the services send them.
enum WireAnswer {
    /// The query protocol's envelope, or that of EC2 and Route 53.
    static func success(_ call: WireCall, requestID: String, _ fill: (inout XMLText) -> Void) -> HTTPResponse
    {
        var xml = XMLText()
        xml.nest("\(call.operation)Response") { root in
            switch call.service {
            case "ec2":
                root.element("requestId", requestID)
                fill(&root)
            case "route53": fill(&root)
            default:
                root.nest("\(call.operation)Result", fill)
                root.nest("ResponseMetadata") { $0.element("RequestId", requestID) }
            }
        }
        return response(200, xml.text, requestID: requestID)
    }

    static func failure(
        _ refusal: Refusal, service: String, requestID: String, at time: Timestamp
    ) -> HTTPResponse {
        var xml = XMLText(capacity: 400)
        if refusal.code == "InvalidChangeBatch" {
            // Route 53 sends this one without its envelope.
            xml.nest(refusal.code) { root in
                root.nest("Messages") { $0.element("Message", refusal.message) }
            }
        } else if service == "ec2" {
            xml.nest("Response") { root in
                root.nest("Errors") { errors in errors.nest("Error") { write(refusal, to: &$0) } }
                root.element("RequestID", requestID)
            }
        } else {
            xml.nest("ErrorResponse") { root in
                root.nest("Error") { error in
                    error.element("Type", refusal.status < 500 ? "Sender" : "Receiver")
                    write(refusal, to: &error)
                }
                root.element("RequestId", requestID)
            }
        }
        return response(refusal.status, xml.text, requestID: requestID, at: time)
    }

    /// What a load balancer says when there is nobody behind it.
    static func page(_ status: Int, at time: Timestamp) -> HTTPResponse {
        let text =
            "<html><head><title>\(status)</title></head><body><center><h1>\(status)</h1><hr></body></html>"
        return response(status, text, requestID: nil, at: time)
    }

    /// The answer, broken off and followed by what is no text.
    static func garbled(_ answer: HTTPResponse) -> HTTPResponse {
        var answer = answer
        answer.body = Array(answer.body.prefix(answer.body.count / 2)) + [0xFF, 0x00, 0x3C]
        return answer
    }

    private static func write(_ refusal: Refusal, to xml: inout XMLText) {
        xml.element("Code", refusal.code)
        xml.element("Message", refusal.message)
    }

    /// The date stands on failures only, though AWS always sends it: nobody acts on it elsewhere, and reading
    /// it costs as much as the rest of a header.
    private static func response(
        _ status: Int, _ text: String, requestID: String?, at time: Timestamp? = nil
    ) -> HTTPResponse {
        var headers: HTTPHeaders = []
        if let requestID { headers.append("x-amzn-requestid", requestID) }
        if let time { headers.append("Date", Calendar.httpDate(time)) }
        return HTTPResponse(status: status, headers: headers, body: Array(text.utf8))
    }
}
