import NovaClient
import Testing

@Suite struct KnownPropertiesTests {
  @Test func `the table holds what is documented, once each`() {
    let all = KnownProperties.all
    #expect(all.count >= 110)
    #expect(Set(all.map(\.name)).count == all.count)
    for property in all {
      #expect(property.meaning.count <= 110 && property.meaning.last != " ", "\(property.name)")
      #expect(property.meaning.hasSuffix(".") && !property.meaning.contains("|"), "\(property.name)")
      #expect(!property.isClosed || !property.values.isEmpty, "\(property.name)")
      #expect(!property.example.isEmpty && Set(property.values).count == property.values.count)
    }
  }

  @Test func `no property's name or example is one that the service would refuse`() {
    for property in KnownProperties.all {
      let key = property.name
      #expect(MetadataRules.refusal(key: key) == nil, "\(key)")
      for value in property.values + [property.example] {
        #expect(MetadataRules.refusal(value: value, for: key) == nil, "\(key): \(value)")
        #expect(KnownProperties.warning(value: value, for: key) == nil, "\(key): \(value)")
      }
    }
  }

  @Test func `a property says what it means and takes`() throws {
    let bus = try #require(KnownProperties.property(named: "hw_disk_bus"))
    #expect(bus.meaning == "The bus that disks are attached to.")
    #expect(bus.isClosed && bus.example == "virtio")
    #expect(bus.values == ["fdc", "ide", "lxc", "sata", "scsi", "uml", "usb", "virtio", "xen"])
    #expect(KnownProperties.property(named: "os_distro")?.isClosed == false)
    #expect(KnownProperties.property(named: "os_require_quiesce")?.values == ["yes", "no"])
    #expect(KnownProperties.property(named: "hw_boot_menu")?.values == ["true", "false"])
  }

  @Test(arguments: [
    ("hw_numa_cpus.0", "hw_numa_cpus.N"), ("hw_numa_mem.12", "hw_numa_mem.N"),
    ("trait:HW_CPU_X86_AVX2", "trait:NAME"), ("hw_numa_cpus.", nil), ("hw_numa_cpus.x", nil), ("trait:", nil),
    ("hw_numa_cpus.N", nil), ("HW_DISK_BUS", nil), ("", nil),
  ])
  func `a key of a family leads to it`(_ key: String, _ name: String?) {
    #expect(KnownProperties.property(named: key)?.name == name)
  }

  @Test func `keys are completed in order, families up to their placeholder`() {
    #expect(
      KnownProperties.completions(ofKey: "hw_numa") == ["hw_numa_cpus.", "hw_numa_mem.", "hw_numa_nodes"])
    #expect(KnownProperties.completions(ofKey: "HW_DISK_B") == ["hw_disk_bus"])
    #expect(KnownProperties.completions(ofKey: "trait") == ["trait:"])
    #expect(KnownProperties.completions(ofKey: "trait:H") == [])
    #expect(KnownProperties.completions(ofKey: "").count == KnownProperties.all.count)
  }

  @Test func `values are completed`() {
    #expect(KnownProperties.completions(ofValue: "v", for: "hw_disk_bus") == ["virtio"])
    #expect(KnownProperties.completions(ofValue: "", for: "os_type") == ["linux", "windows"])
    #expect(KnownProperties.completions(ofValue: "", for: "trait:X") == ["required"])
    #expect(KnownProperties.completions(ofValue: "", for: "nobody_knows") == [])
  }

  @Test(arguments: [
    ("hw_disk_bus", "virtoi", "hw_disk_bus is not known to take \"virtoi\"; did you mean virtio?"),
    ("hw_disk_bus", "VIRTIO", "hw_disk_bus is not known to take \"VIRTIO\"; did you mean virtio?"),
    ("os_type", "plan9", "os_type is not known to take \"plan9\", only linux or windows"),
    ("trait:X", "forbidden", "trait:X is not known to take \"forbidden\", only required"),
    ("architecture", "z80", "architecture is not known to take \"z80\""),
    ("hw_boot_menu", "maybe", "hw_boot_menu takes \"maybe\" for no; write true or false"),
    ("hw_cpu_cores", "four", "hw_cpu_cores takes a whole number, such as 4"),
    ("hw_numa_cpus.1", "all", "hw_numa_cpus.1 takes numbers and ranges, such as 0-3,^2"),
    (
      "instance_uuid", "web-1", "instance_uuid takes a UUID, such as 5f8c9a6e-8d1b-4c7e-9d59-1a2b3c4d5e6f"
    ),
    ("os_distro", "Ubunut", "did you mean ubuntu?"),
  ])
  func `an odd value is warned about`(_ key: String, _ value: String, _ warning: String) {
    #expect(KnownProperties.warning(value: value, for: key) == warning)
  }

  @Test(arguments: [
    ("os_type", "Windows"), ("hw_vif_model", "VIRTUALE1000"), ("architecture", "AMD64"),
    ("hw_boot_menu", "Yes"),
    ("os_distro", "nixos"), ("hw_machine_type", "pc-q35-9.2"), ("hw_cpu_cores", "2"), ("base_image_ref", ""),
    ("hw_numa_cpus.0", "0-3, ^2,7"), ("my_own_key", "virtoi"), ("hw_mem_page_size", "2048"),
  ])
  func `a value that is good, or that nobody can judge, is not warned about`(_ key: String, _ value: String) {
    #expect(KnownProperties.warning(value: value, for: key) == nil)
  }

  @Test(arguments: [
    ("hw_disk_bsu", "hw_disk_bus"), ("hw_diskbus", "hw_disk_bus"), ("hw:disk_bus", "hw_disk_bus"),
    ("HW_DISK_BUS", "hw_disk_bus"), ("os_distor", "os_distro"),
    ("traits:HW_CPU_X86_AVX2", "trait:HW_CPU_X86_AVX2"),
    ("hw_numa_cpu.0", "hw_numa_cpus.0"), ("architecure", "architecture"),
  ])
  func `a key that is nearly a known one is warned about`(_ key: String, _ meant: String) {
    #expect(KnownProperties.warning(key: key) == "did you mean \(meant)?")
  }

  @Test(arguments: ["hw_disk_bus", "trait:X", "my_own_key", "x", "", "hw_numa_cpus.x", "department"])
  func `a known key, or one of somebody's own, is not warned about`(_ key: String) {
    #expect(KnownProperties.warning(key: key) == nil)
  }
}
