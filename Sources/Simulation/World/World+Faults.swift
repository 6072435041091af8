import Failover

extension World {
    /// Switches a fault on or off.
    func set(_ fault: Fault, _ isOn: Bool) {
        switch fault.kind.scope {
        case .region: fault.place.region.map { set(fault, $0, isOn) }
        case .site, .standby: fault.place.site.map { set(fault, $0, isOn) }
        case .edge: isOn ? fabric.begin(fault) : fabric.end(fault)
        case .host, .workload: fault.place.host.flatMap(host).map { set(fault, $0, isOn) }
        case .everywhere: estate.changesStayPending = isOn
        }
    }

    private func set(_ fault: Fault, _ region: Region, _ isOn: Bool) {
        let troubles: [RegionTrouble] =
            switch fault.kind {
            case .regionDead: [.noData, .control(.silent), .noMetrics]
            case .dataPlaneDown: [.noData]
            case .controlPlaneDown: [.control(fault.index % 2 == 0 ? .silent : .failing)]
            case .metricsMissing: [.noMetrics]
            case .metricsLate: [.lateMetrics(by: .seconds(600 * fault.rate))]
            default: []
            }
        for trouble in troubles {
            if isOn { estate.begin(trouble, in: region) } else { estate.end(trouble, in: region) }
        }
    }

    private func set(_ fault: Fault, _ site: SiteName, _ isOn: Bool) {
        func trouble(_ status: String?) {
            if isOn {
                estate.beginTrouble(at: site, status: status)
            } else {
                estate.endTrouble(at: site, status: status)
            }
        }
        switch fault.kind {
        case .instanceDead: trouble(nil)
        case .multiAZ: trouble("failing-over")
        case .maintenance: trouble(fault.index % 2 == 0 ? "rebooting" : "upgrading")
        case .gray: estate.setHanging(isOn, at: site)
        case .lagGrows: setReplication(fault, site, isOn)
        case .promotionSlow: estate.find(site)?.database.slowness = isOn ? 4 : 1
        case .promotionStuck: estate.find(site)?.database.isStuck = isOn
        case .checkersWrong: setCheckersWrong(isOn, about: site)
        default: break
        }
    }

    private func set(_ fault: Fault, _ host: Host, _ isOn: Bool) {
        switch fault.kind {
        case .isolated, .leaseStoreDown, .resolverFails: isOn ? fabric.begin(fault) : fabric.end(fault)
        case .jumbled: isOn ? host.jumble.begin(fault) : host.jumble.end(fault)
        case .diskFull, .diskError, .crashAtAppend: isOn ? host.disk.begin(fault) : host.disk.end(fault)
        case .crash: host.crash()
        case .pause: isOn ? host.pause() : host.resume()
        case .clockStep: host.stepWallClock(by: .milliseconds(Int64(fault.rate * 2_400_000) - 1_200_000))
        case .alarms: if isOn { raiseAlarms(fault, at: host) }
        default: if isOn { ask(fault, host) }
        }
    }

    /// As SNS brings them: more than once, minutes late, and so in another order than they were raised.
    private func raiseAlarms(_ fault: Fault, at host: Host) {
        guard let workload = fault.place.workload else { return }
        var chance = seed.stream("alarms/\(fault.index)")
        for number in 1...(1 + Int(fault.rate * 11)) {
            let raised = fault.from + chance.duration(.zero...(fault.until - fault.from))
            // Whoever makes an alarm names it.
            let name = chance.happens(0.1) ? "\u{1b}[2J\nalarm \(number): all is well" : "alarm \(number)"
            for _ in 1...chance.one(of: [1, 1, 2, 3]) {
                let late = chance.duration(.zero...chance.one(of: [.seconds(1), .seconds(300)]))
                time.at(min(raised + late, schedule.calmFrom)) {
                    host.process?.hear(ofAlarm: name, about: workload)
                }
            }
        }
    }

    /// Too slow, cut off, or stopped on an error: what the lag says differs.
    private func setReplication(_ fault: Fault, _ site: SiteName, _ isOn: Bool) {
        switch fault.index % 3 {
        case 0: estate.limitReplication(of: site, to: isOn ? 0.2 : nil)
        case 1: estate.setReplicationCut(isOn, of: site)
        default: estate.setReplicationError(isOn ? "the slot is gone" : nil, of: site)
        }
    }

    private func setCheckersWrong(_ isOn: Bool, about site: SiteName) {
        for (workload, database) in layout.databases where SiteName(database.primary) == site {
            guard let id = database.healthCheckID, let check = estate.endpointChecks[id] else { continue }
            var chance = seed.stream("checkers/\(workload.id)")
            check.failing.set(isOn ? chance.number(3...8) : 0, at: time.now)
        }
    }

    /// Somebody types something, at the wrong moment as like as not.
    private func ask(_ fault: Fault, _ host: Host) {
        let verb: OperatorRequest.Verb? =
            switch fault.kind {
            case .operatorFailover: .failover
            case .operatorHold: .hold
            case .operatorApproves: .approve
            case .operatorResumes: .resume
            case .operatorAbandons: .abandon
            default: nil
            }
        guard let verb, let workload = fault.place.workload else { return }
        let request = OperatorRequest(verb: verb, by: "operator-\(fault.index)", reason: "typed in haste")
        host.process?.request(request, for: workload)
        guard verb == .hold else { return }
        // Holds are for a while.
        time.after(.seconds(300)) {
            let release = OperatorRequest(verb: .release, by: request.by, reason: "over")
            host.process?.request(release, for: workload)
        }
    }

    /// Right after a call that changes something has left it, a host may die.
    func crashAtSend(_ id: HostID, _ mutation: Mutation) {
        guard let fault = activeFaults.first(where: { $0.kind == .crashAtSend && $0.place.host == id }),
            fault.place.service == nil || fault.place.service == mutation.service
        else { return }
        let key = "crash-at-send/\(fault.index)/\(tally.statistics.requests)"
        var chance = seed.stream(key)
        guard chance.happens(fault.place.service == nil ? fault.rate / 3 : fault.rate) else { return }
        time.after(.milliseconds(1)) { [unowned self] in host(id)?.crash() }
    }

    /// What waits for the beginning of a step.
    func ambushAtStep(_ id: HostID, _ record: Record) {
        guard case .stepStarted = record.event, let host = host(id) else { return }
        for fault in activeFaults where fault.place.host == id {
            var chance = seed.stream("\(fault.kind.rawValue)/\(fault.index)/\(tally.statistics.records)")
            guard fault.kind == .pauseAtStep || fault.kind == .diskFullAtStep, chance.happens(fault.rate)
            else { continue }
            if fault.kind == .pauseAtStep {
                standStill(host, &chance)
            } else {
                fillDisk(host, fault, &chance)
            }
        }
    }

    /// For longer than a lease lasts, and while the first look's answer is on its way.
    private func standStill(_ host: Host, _ chance: inout Chance) {
        let from = time.now + .milliseconds(chance.one(of: [2, 81, 81, 120, 150]))
        let until = min(from + chance.duration(.seconds(40)...(.seconds(120))), schedule.calmFrom)
        time.at(from) { host.pause() }
        time.at(max(from, until)) { host.resume() }
    }

    private func fillDisk(_ host: Host, _ ambush: Fault, _ chance: inout Chance) {
        var fault = ambush
        fault.kind = .diskFull
        let until = min(time.now + chance.duration(.seconds(5)...(.seconds(60))), schedule.calmFrom)
        time.after(.milliseconds(1)) { host.disk.begin(fault) }
        time.at(max(until, time.now + .milliseconds(2))) { host.disk.end(fault) }
    }
}
