/// All the chance there is in a run. Each named stream is a generator of its own, so that leaving one fault
/// out, or asking one more question somewhere, does not change what every other part draws.
public struct Seed: Sendable, Hashable {
    public let value: UInt64

    public init(_ value: UInt64) { self.value = value }

    /// FNV-1a over the name, mixed with the seed.
    func stream(_ name: String) -> Chance {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        var mixing = Chance(state: value ^ hash)
        return Chance(state: mixing.next())
    }
}

/// A stream of random numbers: SplitMix64 (Steele, Lea, Flood 2014), which needs eight bytes of state.
struct Chance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(state: UInt64) { self.state = state }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// Uniform in 0..<1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// True with the given probability, 0...1.
    mutating func happens(_ probability: Double) -> Bool { unit() < probability }

    /// Uniform, whole milliseconds, both ends included.
    mutating func duration(_ range: ClosedRange<Duration>) -> Duration {
        let (low, high) = (range.lowerBound.inMilliseconds, range.upperBound.inMilliseconds)
        return .milliseconds(low + Int64(unit() * Double(high - low + 1)))
    }

    /// Uniform, both ends included.
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(unit() * Double(range.count))
    }

    /// One of `choices`, which is not empty.
    mutating func one<Element>(of choices: [Element]) -> Element { choices[number(0...(choices.count - 1))] }
}

extension Duration {
    fileprivate var inMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
