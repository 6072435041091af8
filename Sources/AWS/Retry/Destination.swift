/// What AWS counts requests by, and what fails together: a service in a Region, for one account. Retries and
/// rates are kept apart by it, so that a dying Region starves no healthy one.
struct Destination: Sendable, Hashable {
    /// Empty where a program has only one.
    var account: String
    /// `Service.id`.
    var service: String
    var region: String
}
