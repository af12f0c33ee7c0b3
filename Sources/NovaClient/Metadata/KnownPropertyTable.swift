/// The properties that Nova and Glance, and what works beside them, document for images.
///
/// One file however long it is, so that the installed program stays one file. The facts are those of Nova 34's
/// `objects/image_meta.py` and `objects/fields.py`, of Glance 33's `etc/metadefs` and its page "Useful image
/// properties", and of Ironic for bare metal; the words are ours.
enum KnownPropertyTable {
  /// All properties, in the table's order.
  static let properties: [KnownProperty] = {
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    return stride(from: 0, to: lines.count, by: 2).map { property(lines[$0], lines[$0 + 1]) }
  }()

  /// The two lines of a property: `name | kind | example | values`, and what it means. Without values, a yes or no is
  /// `true` or `false`.
  private static func property(_ head: Substring, _ meaning: Substring) -> KnownProperty {
    let fields = head.split(separator: " | ").map(String.init)
    guard fields.count >= 3, let kind = KnownProperty.Kind(rawValue: fields[1]) else {
      preconditionFailure("not a line of the table: \(head)")
    }
    let values = fields.count > 3 ? fields[3] : kind == .yesNo ? "true, false" : ""
    return KnownProperty(
      name: fields[0], meaning: String(meaning.drop { $0 == " " }), kind: kind,
      values: values.split(separator: ", ").map(String.init), example: fields[2])
  }

  private static let text = """
    # What the image holds
    architecture | word | x86_64 | alpha, armv6, armv7l, armv7b, aarch64, cris, i686, ia64, lm32, m68k, \
    microblaze, microblazeel, mips, mipsel, mips64, mips64el, openrisc, parisc, parisc64, ppc, ppcle, \
    ppc64, ppc64le, ppcemb, s390, s390x, sh4, sh4eb, sparc, sparc64, unicore32, x86_64, xtensa, \
    xtensaeb, amd64, i386, i486, i586
      The processor architecture that the image was built for; only hosts that can run it are used.
    os_type | word | linux | linux, windows
      The kind of operating system; it decides how Nova formats swap and ephemeral disks.
    os_distro | text | ubuntu | almalinux, alpinelinux, arch, centos, cirros, debian, fedora, flatcar, \
    freebsd, gentoo, mandrake, mandriva, mes, msdos, netbsd, netware, ol, openbsd, opensolaris, \
    opensuse, rhel, rocky, sled, sles, ubuntu, windows
      The distribution's short name in small letters, as libosinfo spells it.
    os_version | text | 24.04
      The distribution's own version number.
    os_admin_user | text | root
      The name of the user who may administer the guest; root on Linux, Administrator on Windows unless said.
    description | text | Ubuntu 24.04 with our monitoring
      A sentence about the image for people.
    kernel_id | id | 5f8c9a6e-8d1b-4c7e-9d59-1a2b3c4d5e6f
      The image that holds the kernel to boot this one with (AMI style, or a partition image on bare metal).
    ramdisk_id | id | 5f8c9a6e-8d1b-4c7e-9d59-1a2b3c4d5e6f
      The image that holds the initial ramdisk to boot this one with.

    # How the guest is treated
    os_command_line | text | console=ttyS0 root=/dev/vda
      The kernel's command line instead of the usual one, for images with a kernel of their own.
    os_require_quiesce | yes/no | yes | yes, no
      Whether a snapshot must fail when the guest's file systems cannot be frozen for it.
    os_secure_boot | choice | required | required, optional, disabled
      Whether the firmware starts only signed code.
    os_secure_boot_signature | text | MicrosoftUEFICertificateAuthority
      The signature that the boot loader of a Linux guest carries (Hyper-V).
    os_shutdown_timeout | number | 120
      Seconds that the guest gets to shut down before it is switched off; 60 unless said, 0 for at once.
    os_skip_agent_inject_files_at_boot | yes/no | true
      Whether the guest agent is not asked to inject files at boot, since cloud-init does it.
    os_skip_agent_inject_ssh | yes/no | true
      Whether the guest agent is not asked to inject the SSH key, since cloud-init does it.

    # Disks
    hw_disk_bus | choice | virtio | fdc, ide, lxc, sata, scsi, uml, usb, virtio, xen
      The bus that disks are attached to.
    hw_cdrom_bus | choice | sata | fdc, ide, lxc, sata, scsi, uml, usb, virtio, xen
      The bus that CD-ROM drives are attached to.
    hw_floppy_bus | choice | fdc | fdc, ide, lxc, sata, scsi, uml, usb, virtio, xen
      The bus that floppy drives are attached to.
    hw_rescue_bus | choice | virtio | fdc, ide, lxc, sata, scsi, uml, usb, virtio, xen
      The bus of the disk that a server boots from while it is being rescued.
    hw_rescue_device | choice | disk | cdrom, disk, floppy, fs, lun
      The kind of device that a server boots from while it is being rescued.
    hw_scsi_model | word | virtio-scsi | buslogic, ibmvscsi, lsilogic, lsisas1068, lsisas1078, \
    virtio-scsi, vmpvscsi, lsilogicsas, paravirtual
      The SCSI controller that disks on the scsi bus are attached to.
    hw_disk_type | text | preallocated | eagerZeroedThick, preallocated, sparse, streamOptimized, thin
      How the disk is laid out (VMware).
    hw_auto_disk_config | text | true
      Whether the root partition grows to the disk's size at the first boot.

    # Firmware, machine and devices
    hw_machine_type | text | q35 | pc, q35, virt, pseries, s390-ccw-virtio, hyperv-gen1, hyperv-gen2
      The machine that is emulated; hosts list theirs with virsh capabilities.
    hw_firmware_type | choice | uefi | bios, uefi
      The firmware that the guest boots with.
    hw_firmware_stateless | yes/no | true
      Whether the firmware forgets its settings with each boot (UEFI only).
    hw_boot_menu | yes/no | true
      Whether the BIOS shows its boot menu.
    hw_ipxe_boot | yes/no | true
      Whether networking is injected into a CD image that boots from the network (Xen).
    hw_architecture | word | x86_64 | alpha, armv6, armv7l, armv7b, aarch64, cris, i686, ia64, lm32, \
    m68k, microblaze, microblazeel, mips, mipsel, mips64, mips64el, openrisc, parisc, parisc64, ppc, \
    ppcle, ppc64, ppc64le, ppcemb, s390, s390x, sh4, sh4eb, sparc, sparc64, unicore32, x86_64, xtensa, \
    xtensaeb, amd64, i386, i486, i586
      The newer name of architecture.
    hw_emulation_architecture | word | aarch64 | alpha, armv6, armv7l, armv7b, aarch64, cris, i686, \
    ia64, lm32, m68k, microblaze, microblazeel, mips, mipsel, mips64, mips64el, openrisc, parisc, \
    parisc64, ppc, ppcle, ppc64, ppc64le, ppcemb, s390, s390x, sh4, sh4eb, sparc, sparc64, unicore32, \
    x86_64, xtensa, xtensaeb, amd64, i386, i486, i586
      An architecture to emulate in software on hosts of another one.
    hw_vm_mode | word | hvm | hvm, xen, uml, exe
      The newer name of vm_mode.
    hw_device_id | number | 2
      The version of the guest's Xen tools interface.
    hw_input_bus | choice | usb | usb, virtio
      The bus of keyboard and tablet.
    hw_pointer_model | choice | usbtablet | usbtablet
      A pointing device with absolute positions, for graphical consoles.
    hw_video_model | choice | virtio | bochs, cirrus, gop, none, qxl, vga, virtio, vmvga, xen
      The graphics adapter; none for no screen at all, as with a GPU that is passed through.
    hw_video_ram | number | 64
      Video memory in MiB; the flavor sets its upper limit.
    hw_sound_model | choice | ich9 | sb16, es1370, pcspk, ac97, ich6, ich9, usb, virtio
      The sound card.
    hw_usb_model | choice | qemu-xhci | none, nec-xhci, qemu-xhci
      The USB controller.
    hw_redirected_usb_ports | number | 2
      How many USB ports a SPICE console can redirect to the guest.
    hw_serial_port_count | number | 2
      How many serial ports there are; the flavor sets the upper limit.
    hw_rng_model | choice | virtio | virtio
      The device that gives the guest random numbers.
    hw_time_hpet | yes/no | true
      Whether the guest has a high precision event timer (x86 under QEMU or KVM).
    hw_watchdog_action | choice | reset | disabled, none, pause, poweroff, reset
      What happens when the guest hangs and its watchdog fires; none only provides the watchdog.
    hw_qemu_guest_agent | yes/no | yes | yes, no
      Whether the QEMU guest agent runs in the guest and may be talked to.
    hw_tpm_model | choice | tpm-crb | tpm-tis, tpm-crb
      The model of the virtual TPM; tpm-crb is for version 2.0 only.
    hw_tpm_version | choice | 2.0 | 1.2, 2.0
      The version of the virtual TPM; without it there is none.
    hw_viommu_model | choice | auto | intel, smmuv3, virtio, auto
      The IOMMU that the guest sees.
    hw_virtio_packed_ring | yes/no | true
      Whether virtio devices may use the packed layout of their queues.

    # Network
    hw_vif_model | word | virtio | e1000, e1000e, igb, lan9118, ne2k_pci, netfront, pcnet, rtl8139, \
    spapr-vlan, sriov, virtio, vmxnet, vmxnet3, VirtualE1000, VirtualE1000e, VirtualPCNet32, \
    VirtualSriovEthernetCard, VirtualVmxnet, VirtualVmxnet3
      The network card.
    hw_vif_multiqueue_enabled | yes/no | true
      Whether virtio network cards get a queue for each processor.

    # Processors and memory
    hw_cpu_policy | choice | dedicated | dedicated, mixed, shared
      Whether virtual processors are pinned to processors of the host.
    hw_cpu_thread_policy | choice | prefer | isolate, prefer, require
      How pinned processors use the hardware threads of a core.
    hw_cpu_realtime_mask | text | ^0-1
      Which virtual processors run with real-time priority; ^ leaves some out.
    hw_cpu_sockets | number | 2
      The number of processor sockets that the guest should see.
    hw_cpu_cores | number | 4
      The number of cores in each socket that the guest should see.
    hw_cpu_threads | number | 2
      The number of threads in each core that the guest should see.
    hw_cpu_max_sockets | number | 2
      The most sockets that the guest may see.
    hw_cpu_max_cores | number | 8
      The most cores in each socket that the guest may see.
    hw_cpu_max_threads | number | 2
      The most threads in each core that the guest may see.
    hw_mem_page_size | text | large | small, any, large, 2MB, 1GB
      The size of the memory pages behind the guest: a word, KiB, or a number with a unit.
    hw_locked_memory | yes/no | true
      Whether the guest's memory is kept from being swapped out; needs hw_mem_page_size.
    hw_mem_encryption | yes/no | true
      Whether the host's hardware must encrypt the guest's memory.
    hw_mem_encryption_model | choice | amd-sev | amd-sev, amd-sev-es, amd-sev-snp, intel-tdx
      The hardware feature that encrypts the guest's memory.
    hw_maxphysaddr_mode | choice | emulate | emulate, passthrough
      Whether the width of physical addresses is the host's own or hw_maxphysaddr_bits.
    hw_maxphysaddr_bits | number | 42
      The width of the guest's physical addresses in bits.
    hw_numa_nodes | number | 2
      How many NUMA nodes the guest sees.
    hw_numa_cpus.N | list | 0-3,^2
      Which virtual processors belong to NUMA node N, counted from 0.
    hw_numa_mem.N | number | 2048
      How many MiB of memory belong to NUMA node N, counted from 0.
    hw_pci_numa_affinity_policy | choice | preferred | legacy, preferred, required, socket
      How near to the guest's NUMA nodes PCI devices must be.
    hw_pmu | yes/no | false
      Whether the guest has a unit that counts processor events; without it there is less latency.

    # Encryption of local disks
    hw_ephemeral_encryption | yes/no | true
      Whether local disks are encrypted.
    hw_ephemeral_encryption_format | choice | luks | plain, luks, luksv2
      How local disks are encrypted.
    hw_ephemeral_encryption_secret_uuid | id | 5f8c9a6e-8d1b-4c7e-9d59-1a2b3c4d5e6f
      The key manager's secret for an image that is itself encrypted.

    # Where servers of it may run
    hypervisor_type | word | qemu | baremetal, bhyve, docker, fake, hyperv, ironic, kqemu, kvm, lxc, \
    lxd, openvz, parallels, phyp, prsm, qemu, test, uml, vbox, vmware, vz, xen, zvm
      The hypervisor that the image needs; qemu also stands for KVM.
    img_hv_type | word | qemu | baremetal, bhyve, docker, fake, hyperv, ironic, kqemu, kvm, lxc, lxd, \
    openvz, parallels, phyp, prsm, qemu, test, uml, vbox, vmware, vz, xen, zvm
      The newer name of hypervisor_type.
    hypervisor_version_requires | text | >=6.0
      The hypervisor's version that the image needs, with a comparison before it.
    img_hv_requested_version | text | >=6.0
      The newer name of hypervisor_version_requires.
    vm_mode | word | hvm | hvm, xen, uml, exe
      Between guest and host: hvm full virtualization, xen paravirtualized, exe a container.
    trait:NAME | choice | required | required
      Servers of the image run only on hosts with this trait, such as trait:HW_CPU_X86_AVX2.

    # How Nova handles the image
    img_config_drive | choice | mandatory | mandatory, optional
      Whether servers always get a drive with their configuration.
    img_hide_hypervisor_id | yes/no | true
      Whether the guest is kept from seeing that it is virtual, which some drivers do not accept.
    img_linked_clone | yes/no | true
      Whether servers share the image's blocks and keep only what differs (VMware).
    img_use_agent | yes/no | false
      Whether the guest runs an agent that Nova may talk to (Xen).
    img_version | number | 1
      The version of the image's properties; always 1.
    img_compression_level | number | 6
      How hard snapshots are compressed, from 1 to 9 (Xen).
    img_cache_in_nova | yes/no | true
      Whether hosts keep a copy where only some images are cached (Xen).
    img_bittorrent | yes/no | false
      Whether hosts fetch the image by BitTorrent (Xen).
    img_bdm_v2 | yes/no | true
      The newer name of bdm_v2.
    img_root_device_name | text | /dev/vda
      The newer name of root_device_name.
    img_owner_id | text | 8f1ad64c5e0b4f0c9f0a3d5b7c1e2f30
      The newer name of owner_id.
    img_type | choice | whole-disk | whole-disk, partition
      Whether the image holds a whole disk or one partition (bare metal).
    stage2_id | id | 5f8c9a6e-8d1b-4c7e-9d59-1a2b3c4d5e6f
      The image with the installer's second stage (bare metal with Anaconda).
    ks_template | text | glance://5f8c9a6e-8d1b-4c7e-9d59-1a2b3c4d5e6f
      Where the kickstart template is (bare metal with Anaconda).

    # Signatures
    img_signature | text | MEUCIQDx…
      The signature of the image's data in base64.
    img_signature_hash_method | choice | SHA-256 | SHA-224, SHA-256, SHA-384, SHA-512
      The hash that the signature was made with.
    img_signature_key_type | choice | RSA-PSS | DSA, ECC_SECP384R1, ECC_SECP521R1, ECC_SECT409K1, \
    ECC_SECT409R1, ECC_SECT571K1, ECC_SECT571R1, RSA-PSS
      The kind of key that the signature was made with.
    img_signature_certificate_uuid | id | 5f8c9a6e-8d1b-4c7e-9d59-1a2b3c4d5e6f
      The certificate in the key manager that proves the signature.

    # Volumes
    cinder_img_volume_type | text | fast-ssd
      The type of volumes that are made from the image, unless the person asks for another.
    cinder_encryption_key_id | id | 5f8c9a6e-8d1b-4c7e-9d59-1a2b3c4d5e6f
      The key manager's key of the encrypted volume that the image was made from.
    cinder_encryption_key_deletion_policy | text | on_image_deletion | on_image_deletion
      When the encryption key goes: on_image_deletion deletes it with the image.
    block_device_mapping | json | [{"source_type":"snapshot"}]
      The volumes that servers of the image boot from and attach; made with a snapshot of such a server.
    bdm_v2 | yes/no | true
      Whether block_device_mapping is in its present form.
    mappings | json | [{"virtual":"root","device":"vda"}]
      Which device name stands for root, swap and ephemeral disks.
    root_device_name | text | /dev/vda
      The device that servers of the image boot from.

    # What snapshots and backups carry
    image_type | text | snapshot | snapshot, backup
      Whether the image is a snapshot or a backup of a server; lists are filtered by it.
    backup_type | text | daily | daily, weekly
      Which rotation a backup belongs to; the oldest of the same type is deleted.
    instance_uuid | id | 5f8c9a6e-8d1b-4c7e-9d59-1a2b3c4d5e6f
      The server that the image was made from.
    base_image_ref | id | 5f8c9a6e-8d1b-4c7e-9d59-1a2b3c4d5e6f
      The image that the server was made from.
    user_id | text | 8f1ad64c5e0b4f0c9f0a3d5b7c1e2f30
      The user who made the snapshot.
    owner_id | text | 8f1ad64c5e0b4f0c9f0a3d5b7c1e2f30
      The project of the server that the image was made from.
    instance_owner | text | 8f1ad64c5e0b4f0c9f0a3d5b7c1e2f30
      The server's project, where somebody of another one made the snapshot.
    owner_user_name | text | demo
      The name of the user who made the server.
    owner_project_name | text | demo
      The name of the project that the server was made in.
    boot_roles | text | member,reader
      The roles of the user who made the server, with commas between.
    image_state | text | available | available
      A word that snapshots carry; always available.
    image_location | text | snapshot | snapshot
      A word that snapshots carry; always snapshot.

    # VMware
    vmware_adaptertype | word | paraVirtual | lsiLogic, lsiLogicsas, paraVirtual, busLogic, ide
      The disk controller.
    vmware_disktype | text | preallocated | preallocated, sparse, streamOptimized
      How the disk is laid out.
    vmware_ostype | text | ubuntu64Guest | centos64Guest, debian10_64Guest, otherGuest, otherGuest64, \
    otherLinux64Guest, rhel7_64Guest, sles12_64Guest, ubuntu64Guest, windows9Server64Guest
      The guest operating system in VMware's own names; otherGuest unless said.
    vmware_linked_clone | yes/no | true
      The older name of img_linked_clone.
    vmware_image_version | number | 1
      Not used any more.

    # Older names, and what only Xen hosts read
    auto_disk_config | yes/no | true
      Whether the root partition grows with the disk; the compute service shows it as disk config.
    cache_in_nova | yes/no | true
      The older name of img_cache_in_nova.
    bittorrent | yes/no | false
      The older name of img_bittorrent.
    ipxe_boot | yes/no | true
      The older name of hw_ipxe_boot.
    xenapi_device_id | number | 2
      The older name of hw_device_id.
    xenapi_image_compression_level | number | 6
      The older name of img_compression_level.
    xenapi_use_agent | yes/no | false
      The older name of img_use_agent.
    xenapi_skip_agent_inject_ssh | yes/no | true
      The older name of os_skip_agent_inject_ssh.
    xenapi_skip_agent_inject_files_at_boot | yes/no | true
      The older name of os_skip_agent_inject_files_at_boot.
    instance_type_rxtx_factor | text | 1.0
      Not used any more.

    # Software in the image, for people and tools that look for it
    sw_database_mysql_version | text | 8.4
      The version of MySQL in the image.
    sw_database_mysql_listen_port | number | 3306
      The port that MySQL listens on.
    sw_database_mysql_admin | text | root
      The administrator's name in MySQL.
    sw_database_postgresql_version | text | 17
      The version of PostgreSQL in the image.
    sw_database_postgresql_listen_port | number | 5432
      The port that PostgreSQL listens on.
    sw_database_postgresql_admin | text | postgres
      The administrator's name in PostgreSQL.
    sw_database_sqlserver_version | text | 2022
      The version of Microsoft SQL Server in the image.
    sw_database_sqlserver_listen_port | number | 1433
      The port that Microsoft SQL Server listens on.
    sw_database_oracle_version | text | 19c
      The version of Oracle Database in the image.
    sw_database_oracle_listen_port | number | 1521
      The port that Oracle Database listens on.
    sw_database_mongodb_version | text | 8.0
      The version of MongoDB in the image.
    sw_database_mongodb_listen_port | number | 27017
      The port that MongoDB listens on.
    sw_database_mongodb_admin | text | admin
      The administrator's name in MongoDB.
    sw_database_couchbaseserver_version | text | 7.6
      The version of Couchbase Server in the image.
    sw_database_couchbaseserver_listen_port | number | 8091
      The port that Couchbase Server listens on.
    sw_database_couchbaseserver_admin | text | admin
      The administrator's name in Couchbase Server.
    sw_database_redis_version | text | 7.4
      The version of Redis in the image.
    sw_database_redis_listen_port | number | 6379
      The port that Redis listens on.
    sw_database_redis_admin | text | admin
      The administrator's name in Redis.
    sw_database_couchdb_version | text | 3.4
      The version of CouchDB in the image.
    sw_database_couchdb_listen_port | number | 5984
      The port that CouchDB listens on.
    sw_database_couchdb_admin | text | admin
      The administrator's name in CouchDB.
    sw_database_cassandra_version | text | 5.0
      The version of Apache Cassandra in the image.
    sw_database_cassandra_listen_port | number | 9042
      The port that Apache Cassandra listens on.
    sw_database_cassandra_admin | text | cassandra
      The administrator's name in Apache Cassandra.
    sw_database_sqlserver_edition | text | Express | Datacenter, Enterprise, Standard, Web, \
    Business Intelligence, Workgroup, Express, Developer
      The edition of Microsoft SQL Server in the image.
    sw_database_oracle_edition | text | Express (XE) | Enterprise, Standard, Standard Edition One, \
    Express (XE), Workgroup, Lite
      The edition of Oracle Database in the image.
    sw_database_db2_version | text | 11.5
      The version of DB2 in the image.
    sw_database_db2_port | number | 50000
      The port that DB2 listens on.
    sw_database_db2_admin | text | db2inst1
      The administrator's name in DB2.
    sw_database_hbase_version | text | 2.6
      The version of HBase in the image.
    sw_database_hazlecast_version | text | 5.5
      The version of Hazelcast in the image (the service spells it hazlecast).
    sw_database_hazlecast_port | number | 5701
      The port that Hazelcast listens on for other members.
    sw_runtime_php_version | text | 8.3
      The version of PHP in the image.
    sw_runtime_python_version | text | 3.13
      The version of Python in the image.
    sw_runtime_java_version | text | 21
      The version of Java in the image.
    sw_runtime_ruby_version | text | 3.4
      The version of Ruby in the image.
    sw_runtime_perl_version | text | 5.40
      The version of Perl in the image.
    sw_webserver_apache_version | text | 2.4
      The version of Apache in the image.
    sw_webserver_apache_http_port | number | 80
      The port that Apache listens on for HTTP.
    sw_webserver_apache_https_port | number | 443
      The port that Apache listens on for HTTPS.
    sw_webserver_nginx_version | text | 1.28
      The version of nginx in the image.
    sw_webserver_nginx_http_port | number | 80
      The port that nginx listens on for HTTP.
    sw_webserver_nginx_https_port | number | 443
      The port that nginx listens on for HTTPS.
    sw_webserver_iis_version | text | 10.0
      The version of IIS in the image.
    sw_webserver_iis_http_port | number | 80
      The port that IIS listens on for HTTP.
    sw_webserver_iis_https_port | number | 443
      The port that IIS listens on for HTTPS.
    """
}
