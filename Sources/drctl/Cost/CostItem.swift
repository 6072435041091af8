import Observers

/// One line of the bill: an operation of one API of one Region, or something that is rented by the month.
struct CostItem: Encodable {
    var service: String
    var region: String
    var operation: String
    /// Nil for what is not called by drctl.
    var callsPerMonth: Double?
    var unitsPerMonth: Double
    var price: Price
    var dollarsPerMonth: Double
    /// How `unitsPerMonth` comes about, with the numbers in it.
    var formula: String

    init(
        _ service: String, _ region: String, _ operation: String, calls: Double?, units: Double,
        price: Price, formula: String
    ) {
        self.service = service
        self.region = region
        self.operation = operation
        callsPerMonth = calls
        unitsPerMonth = units
        self.price = price
        dollarsPerMonth = units * price.dollars
        self.formula = formula
    }
}
