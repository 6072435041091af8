#!/bin/bash
# Makes a plain Debian machine drctl's host, from the folder that it was fetched into: at the first start, and
# again when one of the files here has changed. drctl itself, its configuration and its secrets are
# drctl-refresh's. What it needs to know is in host.env beside it.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
set -a
# shellcheck source=/dev/null
. "$here/host.env"
set +a
export DEBIAN_FRONTEND=noninteractive
# What it installs is for others to read, whoever runs it.
umask 022

# The way in for people, first: with it somebody can look why the rest failed. There is no SSH.
install_agent() {
    systemctl is-active --quiet amazon-ssm-agent && return
    curl -fsS --retry 5 -o /tmp/agent.deb \
        "https://amazon-ssm-$REGION.s3.$REGION.amazonaws.com/latest/debian_amd64/amazon-ssm-agent.deb"
    dpkg -i /tmp/agent.deb
    systemctl enable --now amazon-ssm-agent
}

# The journal is on a volume of its own, which outlives this machine.
mount_journal() {
    local device="/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${VOLUME/-/}"
    for _ in $(seq 60); do [ -e "$device" ] && break; sleep 2; done
    blkid "$device" >/dev/null || mkfs.ext4 -q -L drctl-journal "$device"
    install -d -m 0700 /var/lib/drctl
    grep -q ' /var/lib/drctl ' /etc/fstab ||
        echo "UUID=$(blkid -s UUID -o value "$device") /var/lib/drctl ext4 defaults,noatime 0 2" >> /etc/fstab
    mountpoint -q /var/lib/drctl || mount /var/lib/drctl
}

# As the package would make them: the journal's folder and the files for drctl exist before any package does.
make_user() {
    id drctl >/dev/null 2>&1 ||
        useradd --system --home-dir /var/lib/drctl --shell /usr/sbin/nologin drctl
    chown drctl:drctl /var/lib/drctl
    chmod 0700 /var/lib/drctl
    install -d -m 0750 -g drctl /etc/drctl
}

# TLS before the webhook. The load balancer encrypts to it and checks no name, so the certificate is our own.
start_entrance() {
    apt-get install -y -qq --no-install-recommends nginx
    [ -s /etc/nginx/webhook-key.pem ] ||
        (umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \
            -subj "/CN=drctl" -keyout /etc/nginx/webhook-key.pem -out /etc/nginx/webhook-cert.pem 2>/dev/null)
    rm -f /etc/nginx/sites-enabled/default
    install -m 0644 "$here/webhook-tls.conf" /etc/nginx/conf.d/webhook-tls.conf
    nginx -t -q
    systemctl enable --quiet nginx
    systemctl reload-or-restart nginx
}

# RDS's certificate authorities: those of the two Regions, not the long list of all.
fetch_authorities() {
    for region in $REGIONS; do
        curl -fsS --retry 5 "https://truststore.pki.rds.amazonaws.com/$region/$region-bundle.pem"
    done > /etc/drctl/rds-ca.pem
    chmod 0644 /etc/drctl/rds-ca.pem
}

start_refreshing() {
    install -m 0644 "$here/host.env" /etc/drctl/host.env
    install -m 0755 "$here/drctl-refresh" "$here/drctl-package" /usr/local/sbin/
    install -m 0644 "$here"/drctl-refresh.{service,timer} /etc/systemd/system/
    systemctl daemon-reload
    systemctl enable --now --quiet drctl-refresh.timer
    # It brings drctl and starts it. Not waited for: it may be what runs this.
    systemctl start --no-block drctl-refresh.service
}

install_agent
mount_journal
make_user
start_entrance
fetch_authorities
start_refreshing
