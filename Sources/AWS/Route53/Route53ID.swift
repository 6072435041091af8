/// Identifiers come as `/hostedzone/Z1` and `/change/C1`, and are asked for as `Z1` and `C1`.
enum Route53ID {
    static let namespace = "https://route53.amazonaws.com/doc/2013-04-01/"

    static func bare(_ id: String) -> String {
        id.split(separator: "/").last.map(String.init) ?? id
    }

    /// As one segment of a path.
    static func segment(_ id: String) -> String {
        PercentEncoding.encode(bare(id))
    }
}
