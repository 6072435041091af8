import Failover

enum APIKey: String, SectionKey {
    case listen
    case certificateFile = "certificate_file"
    case keyFile = "key_file"
    case tokensFile = "tokens_file"

    static let places = ["api"]
}

extension APISettings {
    init(_ section: Section<APIKey>) {
        let listen = section.field(.listen)?.text(Shapes.address)
        let identity = section.identity(.certificateFile, .keyFile)
        let tokens = section.field(.tokensFile)?.text(Shapes.secretPlace)
        self.init(
            listen: listen?.value ?? Self.standardListen, certificateFile: identity.certificate,
            keyFile: identity.key, tokensFile: tokens?.value)
        let hasTokens = section.field(.tokensFile) != nil
        section.needs(
            (identity.isThere ? [] : [identityNeed])
                + (hasTokens ? [] : ["authentication (tokens_file)"]), at: listen)
    }
}

extension Shapes {
    /// A Unix group as useradd takes it.
    static func groupName(_ text: String) throws(Refusal) -> String {
        guard text.wholeMatch(of: /[a-z_][a-z0-9_-]{0,31}/) != nil else {
            throw Refusal("is \(shown(text)); write the name of a Unix group")
        }
        return text
    }
}
