/// An answer's document, as it grows.
struct XMLText {
    private(set) var text: String

    init(capacity: Int = 1024) {
        text = ""
        text.reserveCapacity(capacity)
    }

    mutating func element(_ name: String, _ value: String) {
        open(name)
        if value.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E }) {
            for scalar in value.unicodeScalars {
                switch scalar {
                case "&": text += "&amp;"
                case "<": text += "&lt;"
                case ">": text += "&gt;"
                default: text.unicodeScalars.append(scalar)
                }
            }
        } else {
            text += value
        }
        close(name)
    }

    mutating func element(_ name: String, _ value: String?) {
        if let value { element(name, value) }
    }

    mutating func element(_ name: String, _ value: Int) { element(name, String(value)) }
    mutating func element(_ name: String, _ value: Bool) { element(name, value ? "true" : "false") }

    mutating func nest(_ name: String, _ fill: (inout XMLText) -> Void) {
        open(name)
        fill(&self)
        close(name)
    }

    mutating func open(_ name: String) {
        text += "<"
        text += name
        text += ">"
    }

    mutating func close(_ name: String) {
        text += "</"
        text += name
        text += ">"
    }
}
