import Failover

/// What data planes take: samples of the levers' metrics, and notices for people.
extension Estate {
    func cloudWatch(_ call: WireCall) throws(Refusal) {
        guard call.operation == "PutMetricData" else { throw .noOperation(call) }
        let namespace = try call.required("Namespace")
        guard !namespace.hasPrefix("AWS/") else {
            throw Refusal("InvalidParameterValue", "The value AWS/ for parameter Namespace is invalid.")
        }
        var index = 1
        while let metric = call.fields["MetricData.member.\(index).MetricName"] {
            let prefix = "MetricData.member.\(index)."
            guard let value = call.fields["\(prefix)Value"].flatMap(Double.init) else {
                throw .missing("\(prefix)Value")
            }
            var dimensions: [String: String] = [:]
            var dimension = 1
            while let name = call.fields["\(prefix)Dimensions.member.\(dimension).Name"] {
                dimensions[name] = call.fields["\(prefix)Dimensions.member.\(dimension).Value"]
                dimension += 1
            }
            put(value, namespace: namespace, metric: metric, dimensions: dimensions, in: call.region)
            index += 1
        }
    }

    /// A topic without subscribers would be found by no one: what is taken reaches people.
    func sns(_ call: WireCall, _ xml: inout XMLText) throws(Refusal) {
        guard call.operation == "Publish" else { throw .noOperation(call) }
        let arn = try call.required("TopicArn")
        guard let topic = topics[arn], topic.region == call.region else {
            throw Refusal("NotFound", "Topic does not exist", status: 404)
        }
        let attributes = call.attributes
        if let kind = attributes["kind"].flatMap(Notice.Kind.init(rawValue:)),
            let workload = attributes["workload"], let id = Self.noticeID(call.fields["Message"] ?? "")
        {
            trace.note(.delivered(id, kind, WorkloadID(workload), topic))
        }
        xml.element("MessageId", "message-\(nextID())")
    }

    /// From the machine-readable end of a notice's body. A quote inside its texts stands behind a backslash.
    private static func noticeID(_ message: String) -> String? {
        let parts = message.split(separator: ",\"id\":\"", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last else { return nil }
        return String(last.prefix { $0 != "\"" })
    }
}

extension WireCall {
    fileprivate var attributes: [String: String] {
        var attributes: [String: String] = [:]
        var index = 1
        while let name = fields["MessageAttributes.entry.\(index).Name"] {
            attributes[name] = fields["MessageAttributes.entry.\(index).Value.StringValue"]
            index += 1
        }
        return attributes
    }
}
