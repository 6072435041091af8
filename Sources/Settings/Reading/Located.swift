/// A value and where it was written, for the checks that compare it with another one.
struct Located<Value> {
    var value: Value
    var position: Position
    var path: String

    func map<Other>(_ change: (Value) -> Other) -> Located<Other> {
        Located<Other>(value: change(value), position: position, path: path)
    }
}

/// Absent and refused differ: a refused value has been reported and must not be reported as missing too.
enum Setting<Value> {
    case absent
    case refused
    case set(Located<Value>)

    init(_ field: Field?, _ read: (Field) -> Located<Value>?) {
        guard let field else {
            self = .absent
            return
        }
        self = read(field).map(Setting.set) ?? .refused
    }

    var located: Located<Value>? {
        if case .set(let located) = self { located } else { nil }
    }

    var isAbsent: Bool {
        if case .absent = self { true } else { false }
    }

    /// The other one where this one says nothing.
    func or(_ other: Setting) -> Setting { isAbsent ? other : self }
}
