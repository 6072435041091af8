extension AWSError: CustomStringConvertible {
    /// What happened, and what to do about it.
    public var description: String {
        var text = "\(service.title) \(operation) in \(region) failed"
        if attempts > 1 { text += " after \(attempts) attempts" }
        text += ": " + [code, message].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ": ")
        var facts: [String] = []
        if let status { facts.append("HTTP \(status)") }
        if let requestID { facts.append("request \(requestID)") }
        if !facts.isEmpty { text += " (\(facts.joined(separator: ", ")))" }
        text += ". "
        if outcome == .unknown {
            text += "It may have taken effect all the same: look before doing it again. "
        }
        return text + advice
    }

    private var advice: String {
        switch kind {
        case .throttled:
            "AWS asks for fewer requests; wait, and look for what else polls this account and Region."
        case .accessDenied:
            "Allow \(iamAction) to the role in use, and check service control policies."
        case .credentialsRejected:
            "Renew the credentials or correct the secret key; in an opt-in Region, use regional STS."
        case .credentialsUnavailable:
            "Give credentials by environment, profile, web identity, container or instance role."
        case .clockSkew:
            "Set this machine's clock (NTP)."
        case .notFound:
            "Check the name and the Region, or whether it has been renamed or deleted."
        case .refused:
            "AWS gave the reason above; the same request will be refused again until that changes."
        case .serverFault:
            "The service has trouble in this Region; try again later or use another Region."
        case .network:
            "Check the network path, proxies and DNS between here and the endpoint."
        case .malformedResponse:
            "Something other than AWS may have answered; check the endpoint and proxies."
        case .endpoint:
            "Check the Region's name and the endpoint settings."
        case .deadline:
            "It did not end in time; allow more time or try again."
        case .cancelled:
            "It was given up from outside."
        case .pagination:
            "Ask for less at once, with a filter."
        }
    }

    private var iamAction: String {
        "\(service.id):\(operation)"
    }
}
