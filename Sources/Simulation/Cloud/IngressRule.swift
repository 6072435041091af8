/// An inbound rule of a security group.
struct IngressRule: Equatable, Sendable {
    var ipProtocol = "tcp"
    var fromPort: Int
    var toPort: Int
    /// In CIDR form.
    var range: String
}
