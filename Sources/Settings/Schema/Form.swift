/// What a key's value may be, as the parser itself asked for it.
enum Form {
    /// `type`: what a text becomes, where that fixes its shape. `hint`: what the parser says of a wrong one.
    case text(type: Any.Type, hint: String?)
    case integer(ClosedRange<Int>?)
    case flag
    case duration(ClosedRange<Duration>)
    case choice([String])
    case list(limit: Int)
    case names(limit: Int)
    case section
}

/// A section as one reading of the parser met it.
struct SectionShape {
    /// In the order of reading.
    var keys: [String] = []
    var forms: [String: Form] = [:]
    var purposes: [String: String] = [:]
    /// One entry for each time that the section was read.
    var readings: [Reading] = []

    struct Reading {
        /// What each choice was answered with.
        var chosen: [String: String] = [:]
        var required: Set<String> = []
        var forbidden: Set<String> = []
    }
}
