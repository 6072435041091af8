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
        default: if isOn { ask(fault, host) }
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
    func crashAtSend(_ id: HostID) {
        guard let fault = activeFaults.first(where: { $0.kind == .crashAtSend && $0.place.host == id }) else {
            return
        }
        let key = "crash-at-send/\(fault.index)/\(tally.statistics.requests)"
        var chance = seed.stream(key)
        guard chance.happens(fault.rate / 3) else { return }
        time.after(.milliseconds(1)) { [unowned self] in host(id)?.crash() }
    }
}
