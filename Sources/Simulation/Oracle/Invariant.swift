import Failover

/// Something that must hold in every run. It hears every happening, in order, and says what is wrong with it.
///
/// A new one is one new file and one new row in `Oracle.invariants`.
protocol Invariant: SendableMetatype {
    /// As the table, the log and the tests name it: `INV1`.
    static var id: String { get }
    /// The rule, in a sentence.
    static var rule: String { get }

    init(_ premises: Premises)

    /// `past` is everything before `happening`. One finding a line; empty when nothing is wrong.
    mutating func findings(on happening: Happening, after past: Chronicle) -> [String]

    /// Asked once, when the run is over.
    mutating func findings(atTheEnd past: Chronicle) -> [String]
}

extension Invariant {
    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] { [] }
    mutating func findings(atTheEnd past: Chronicle) -> [String] { [] }
}
