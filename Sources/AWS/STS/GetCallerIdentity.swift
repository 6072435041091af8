/// Who the credentials are. Needs no permission.
public struct GetCallerIdentity: STSOperation {
    public static let name = "GetCallerIdentity"
    public var kind: OperationKind { .read }

    public init() {
    }

    public func encode(into form: inout QueryForm) {}

    public struct Output: Sendable, Hashable {
        public var account = ""
        public var arn = ""
        public var userId = ""

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.account = try result.requiredString("Account")
        output.arn = try result.requiredString("Arn")
        output.userId = try result.requiredString("UserId")
        return output
    }
}
