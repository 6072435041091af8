import Testing

/// What is changed in the sample, and the one problem that must come of it.
struct Slip: CustomTestStringConvertible {
    var old: String
    var new: String
    var problem: String

    init(_ old: String, _ new: String, _ problem: String) {
        self.old = old
        self.new = new
        self.problem = problem
    }

    var testDescription: String { new.isEmpty ? "without \(old)" : new }
}
