import Failover

/// The forms that names must have, each with what to write instead. What AWS would refuse is refused here,
/// before the night on which it matters.
enum Shapes {
    static let nameForm = "1 to 63 of a-z, 0-9 and -"

    static func name(_ text: String) throws(Refusal) -> String {
        guard text.wholeMatch(of: /[a-z0-9-]{1,63}/) != nil else {
            throw Refusal("is not a usable name; use \(nameForm)")
        }
        return text
    }

    static func region(_ text: String) throws(Refusal) -> Region {
        guard text.wholeMatch(of: /[a-z]{2,4}(-[a-z]{2,10}){1,3}-[0-9]{1,2}/) != nil else {
            throw Refusal("is \(shown(text)); write a Region's code such as eu-west-1")
        }
        return Region(text)
    }

    /// Of a DB instance or a DB cluster: 1 to 63 letters, digits and single hyphens, first a letter. RDS
    /// stores them in lower case, and answers compare by that.
    static func databaseIdentifier(_ text: String) throws(Refusal) -> String {
        if text.hasPrefix("arn:") {
            throw Refusal("is an ARN; write the identifier alone, the part after the last colon")
        }
        if text != text.lowercased() {
            throw Refusal(
                "is \(shown(text)); RDS stores identifiers in lower case, write \(text.lowercased())")
        }
        guard text.utf8.count <= 63, text.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil else {
            throw Refusal(
                "is \(shown(text)); use 1 to 63 of a-z, 0-9 and single hyphens, "
                    + "a letter first, no hyphen last")
        }
        return text
    }

    /// Source: botocore, rds `GlobalClusterIdentifier`, pattern and 1 to 255 characters.
    static func globalClusterIdentifier(_ text: String) throws(Refusal) -> String {
        if text.hasPrefix("arn:") {
            throw Refusal("is an ARN; write the identifier alone, the part after the last colon")
        }
        guard text.utf8.count <= 255, text.wholeMatch(of: /[a-z][a-z0-9._-]*/) != nil else {
            throw Refusal("is \(shown(text)); use 1 to 255 of a-z, 0-9, -, . and _, a letter first")
        }
        return text
    }

    static func securityGroup(_ text: String) throws(Refusal) -> String {
        guard text.wholeMatch(of: /sg-([0-9a-f]{8}|[0-9a-f]{17})/) != nil else {
            throw Refusal("is \(shown(text)); write a security group id, sg- and 8 or 17 hexadecimal digits")
        }
        return text
    }

    static func hostedZone(_ text: String) throws(Refusal) -> String {
        if text.hasPrefix("/hostedzone/") {
            throw Refusal("is \(shown(text)); write the last part alone: \(text.dropFirst(12))")
        }
        guard text.wholeMatch(of: /Z[A-Z0-9]{1,31}/) != nil else {
            throw Refusal("is \(shown(text)); write a hosted zone id, Z and up to 31 of A-Z and 0-9")
        }
        return text
    }

    static func healthCheck(_ text: String) throws(Refusal) -> String {
        let form = /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}/
        guard text.wholeMatch(of: form) != nil else {
            throw Refusal("is \(shown(text)); write a health check id, 8-4-4-4-12 hexadecimal digits")
        }
        return text
    }

    /// Source: botocore, cloudwatch `Namespace`; names that begin with `AWS/` are AWS's own.
    static func metricNamespace(_ text: String) throws(Refusal) -> String {
        guard text.wholeMatch(of: /[A-Za-z0-9._\/#: -]{1,255}/) != nil, !text.hasPrefix(":") else {
            throw Refusal("is \(shown(text)); use 1 to 255 of letters, digits, spaces and . _ - / # :")
        }
        if text.hasPrefix("AWS/") {
            throw Refusal("is \(shown(text)); names that begin with AWS/ are AWS's own")
        }
        return text
    }

    /// A metric's name, and a dimension's name or value: printable ASCII, at most 255 characters.
    static func metricName(_ text: String) throws(Refusal) -> String {
        guard text.wholeMatch(of: /[\x20-\x7E]{1,255}/) != nil, !text.hasPrefix(":"),
            !text.allSatisfy({ $0 == " " })
        else { throw Refusal("is \(shown(text)); use 1 to 255 printable ASCII characters, no colon first") }
        return text
    }

    /// Of a PostgreSQL database or role: NAMEDATALEN allows 63 bytes. Others than these need quotes
    /// everywhere and are somebody's slip.
    static func postgresName(_ text: String) throws(Refusal) -> String {
        guard text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_$.-]{0,62}/) != nil else {
            throw Refusal("is \(shown(text)); use 1 to 63 of letters, digits and _ $ . -, a letter first")
        }
        return text
    }

    static func absolutePath(_ text: String) throws(Refusal) -> String {
        guard text.hasPrefix("/"), !text.hasSuffix("/") else {
            throw Refusal("is \(shown(text)); write a file's absolute path")
        }
        return text
    }

    /// `sun_path` holds 108 bytes on Linux, the last one a NUL.
    static func socketPath(_ text: String) throws(Refusal) -> String {
        let path = try absolutePath(text)
        guard path.utf8.count <= 107 else {
            throw Refusal("is longer than the 107 bytes of a Unix socket's path")
        }
        return path
    }

    static func recordName(_ text: String) throws(Refusal) -> String {
        if text.hasSuffix(".") { throw Refusal("is \(shown(text)); leave the final dot away") }
        let name = text.lowercased()
        guard isHostName(name, underscores: true), name.contains(".") else {
            throw Refusal("is \(shown(text)); write a fully qualified name such as db.orders.example.com")
        }
        return name
    }

    /// RFC 1123: labels of 1 to 63, 253 in all. Records may have underscores, hosts may not.
    static func isHostName(_ text: String, underscores: Bool = false) -> Bool {
        guard text.utf8.count <= 253 else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            let plain = underscores ? String(label.replacing("_", with: "x")) : String(label)
            return label.utf8.count <= 63 && plain.wholeMatch(of: /[A-Za-z0-9]+(-+[A-Za-z0-9]+)*/) != nil
        }
    }
}
