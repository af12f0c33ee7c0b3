/// A kind of base image that clouds offer, with the properties that its vendor or its cloud sets.
struct Distribution {
  var slug: String
  var distro: String
  var version: String
  /// The account that cloud-init makes.
  var user: String
  /// MiB of the file.
  var size: Int
  /// GiB.
  var minDisk: Int
  /// MiB.
  var minRAM: Int
  var architectures: [String]
  var extra: [(String, String)]

  private static let both = ["x86_64", "aarch64"]
  private static let one = ["x86_64"]

  init(
    _ slug: String, _ distro: String, _ version: String, user: String, size: Int, minDisk: Int, minRAM: Int,
    _ architectures: [String] = Distribution.one, _ extra: [(String, String)] = []
  ) {
    self.slug = slug
    self.distro = distro
    self.version = version
    self.user = user
    self.size = size
    self.minDisk = minDisk
    self.minRAM = minRAM
    self.architectures = architectures
    self.extra = extra
  }

  /// What every public image has, so that it can be made once.
  func properties(_ architecture: String) -> ImageProperties {
    var properties: ImageProperties = [
      "architecture": architecture, "os_type": distro == "windows" ? "windows" : "linux",
      "os_distro": distro, "os_version": version, "os_admin_user": user, "hw_disk_bus": "virtio",
      "hw_vif_model": "virtio", "hw_qemu_guest_agent": "yes",
    ]
    if architecture == "aarch64" {
      properties["hw_firmware_type"] = "uefi"
      properties["hw_machine_type"] = "virt"
    }
    for (key, value) in extra { properties[key] = value }
    return properties
  }

  private static let scsi = [
    ("hw_disk_bus", "scsi"), ("hw_scsi_model", "virtio-scsi"), ("os_require_quiesce", "yes"),
  ]
  private static let windows = [
    ("hw_firmware_type", "uefi"), ("os_secure_boot", "optional"), ("hw_machine_type", "q35"),
    ("hw_video_model", "qxl"), ("hw_cdrom_bus", "sata"), ("hw_time_hpet", "true"), ("hw_tpm_version", "2.0"),
    ("hw_tpm_model", "tpm-crb"), ("img_hide_hypervisor_id", "false"),
  ]
  private static let appliance = [("hw_vif_multiqueue_enabled", "true"), ("hw_qemu_guest_agent", "no")]

  /// Servers and desktops.
  static let systems = [
    Distribution(
      "ubuntu-24.04-server", "ubuntu", "24.04", user: "ubuntu", size: 601, minDisk: 5, minRAM: 512, both,
      scsi),
    Distribution(
      "ubuntu-24.04-minimal", "ubuntu", "24.04", user: "ubuntu", size: 244, minDisk: 3, minRAM: 256, both),
    Distribution(
      "ubuntu-22.04-server", "ubuntu", "22.04", user: "ubuntu", size: 648, minDisk: 5, minRAM: 512, both),
    Distribution(
      "ubuntu-20.04-server", "ubuntu", "20.04", user: "ubuntu", size: 592, minDisk: 5, minRAM: 512),
    Distribution(
      "debian-13-generic", "debian", "13", user: "debian", size: 412, minDisk: 3, minRAM: 256, both, scsi),
    Distribution(
      "debian-12-genericcloud", "debian", "12", user: "debian", size: 335, minDisk: 3, minRAM: 256, both),
    Distribution(
      "rocky-10-genericcloud", "rocky", "10.0", user: "rocky", size: 545, minDisk: 10, minRAM: 1024, both),
    Distribution(
      "rocky-9-genericcloud", "rocky", "9.6", user: "rocky", size: 611, minDisk: 10, minRAM: 1024, both, scsi),
    Distribution(
      "almalinux-9-genericcloud", "almalinux", "9.6", user: "almalinux", size: 518, minDisk: 10, minRAM: 1024,
      both),
    Distribution(
      "fedora-cloud-base-43", "fedora", "43", user: "fedora", size: 557, minDisk: 5, minRAM: 1024, both,
      [("hw_firmware_type", "uefi"), ("hw_rng_model", "virtio")]),
    Distribution(
      "centos-stream-10", "centos", "10", user: "cloud-user", size: 898, minDisk: 10, minRAM: 1024),
    Distribution(
      "opensuse-leap-15.6", "opensuse", "15.6", user: "opensuse", size: 656, minDisk: 10, minRAM: 1024, both),
    Distribution("archlinux-cloudimg", "arch", "rolling", user: "arch", size: 519, minDisk: 2, minRAM: 512),
    Distribution(
      "alpine-3.22-cloudinit", "alpine", "3.22", user: "alpine", size: 187, minDisk: 1, minRAM: 128, both,
      [("hw_firmware_type", "bios")]),
    Distribution(
      "freebsd-14.3-ufs", "freebsd", "14.3", user: "freebsd", size: 642, minDisk: 10, minRAM: 512, one,
      [("os_type", "freebsd"), ("hw_qemu_guest_agent", "no")]),
    Distribution(
      "windows-server-2025-standard", "windows", "2025", user: "Administrator", size: 11_264, minDisk: 40,
      minRAM: 4096, one, windows),
    Distribution(
      "windows-server-2022-core", "windows", "2022", user: "Administrator", size: 7_912, minDisk: 32,
      minRAM: 2048, one, windows),
    Distribution(
      "cirros-0.6.3-disk", "cirros", "0.6.3", user: "cirros", size: 20, minDisk: 0, minRAM: 0, both),
    Distribution(
      "talos-1.11", "talos", "1.11", user: "-", size: 96, minDisk: 10, minRAM: 2048, both,
      [("hw_firmware_type", "uefi"), ("os_secure_boot", "required")]),
    Distribution(
      "flatcar-stable-4459", "flatcar", "4459.2", user: "core", size: 473, minDisk: 8, minRAM: 1024, both),
    Distribution(
      "fedora-coreos-43-stable", "fedora-coreos", "43", user: "core", size: 751, minDisk: 10, minRAM: 2048,
      both, [("hw_firmware_type", "uefi")]),
  ]

  /// Machines in a file.
  static let appliances = [
    Distribution(
      "pfsense-ce-2.8", "freebsd", "2.8", user: "admin", size: 912, minDisk: 8, minRAM: 1024, one, appliance),
    Distribution(
      "opnsense-25.7-nano", "freebsd", "25.7", user: "root", size: 468, minDisk: 8, minRAM: 2048, one,
      appliance
    ),
    Distribution(
      "vyos-1.5-rolling", "vyos", "1.5", user: "vyos", size: 522, minDisk: 4, minRAM: 1024, one, appliance),
    Distribution(
      "octavia-amphora-haproxy", "ubuntu", "24.04", user: "ubuntu", size: 374, minDisk: 2, minRAM: 1024, one,
      [("hw_architecture", "x86_64"), ("os_hidden_from_users", "true")]),
    Distribution(
      "truenas-scale-25.04", "debian", "25.04", user: "admin", size: 1_930, minDisk: 20, minRAM: 8192),
    Distribution(
      "home-assistant-os-16", "linux", "16.2", user: "root", size: 398, minDisk: 32, minRAM: 2048, one,
      [("hw_firmware_type", "uefi")]),
  ]
}
