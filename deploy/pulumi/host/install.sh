#!/bin/bash
# Makes a plain Debian machine drctl's host. Runs once, at the first start, from the folder that it was fetched
# into; running it again does no harm. What it needs to know is in host.env beside it.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
set -a
# shellcheck source=/dev/null
. "$here/host.env"
set +a
export DEBIAN_FRONTEND=noninteractive

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

install_drctl() {
    local fetched="/tmp/${PACKAGE##*/}"
    aws s3 cp --only-show-errors --region "$PACKAGE_REGION" "$PACKAGE" "$fetched"
    echo "$PACKAGE_SHA256  $fetched" | sha256sum --check --quiet
    if [ "${PACKAGE%.deb}" != "$PACKAGE" ]; then
        apt-get install -y -qq "$fetched"
    else
        apt-get install -y -qq --no-install-recommends libcurl4 libxml2 libsqlite3-0 libpq5
        install -m 0755 "$fetched" /usr/bin/drctl
        id drctl >/dev/null 2>&1 ||
            useradd --system --home-dir /var/lib/drctl --shell /usr/sbin/nologin drctl
        install -m 0644 "$here/drctl.service" /etc/systemd/system/drctl.service
    fi
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
    systemctl restart nginx
}

# RDS's certificate authorities: those of the two Regions, not the long list of all.
fetch_authorities() {
    for region in $REGIONS; do
        curl -fsS --retry 5 "https://truststore.pki.rds.amazonaws.com/$region/$region-bundle.pem"
    done > /etc/drctl/rds-ca.pem
    chmod 0644 /etc/drctl/rds-ca.pem
}

start_drctl() {
    install -m 0644 "$here/host.env" /etc/drctl/host.env
    install -m 0755 "$here/drctl-refresh" /usr/local/sbin/drctl-refresh
    install -m 0644 "$here"/drctl-refresh.{service,timer} /etc/systemd/system/
    systemctl daemon-reload
    systemctl enable --quiet drctl
    systemctl enable --now --quiet drctl-refresh.timer
    # The first one starts drctl.
    systemctl start drctl-refresh.service
}

install_agent
mount_journal
install_drctl
start_entrance
fetch_authorities
start_drctl
