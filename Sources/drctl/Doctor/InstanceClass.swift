/// `db.r6g.2xlarge`: family and size.
struct InstanceClass: Equatable {
    var family: String
    /// In units of a `large`, which has 2 processors; each size doubles.
    var size: Double

    /// Nil for `db.serverless` and for what is not of this form.
    init?(_ text: String) {
        let parts = text.split(separator: ".").map(String.init)
        guard parts.count >= 3, parts[0] == "db" else { return nil }
        family = parts[1]
        let named = ["micro": 0.25, "small": 0.5, "medium": 0.75, "large": 1, "xlarge": 2]
        if let size = named[parts[2]] {
            self.size = size
        } else if parts[2].hasSuffix("xlarge"), let count = Double(parts[2].dropLast("xlarge".count)) {
            size = 2 * count
        } else {
            return nil
        }
    }
}
