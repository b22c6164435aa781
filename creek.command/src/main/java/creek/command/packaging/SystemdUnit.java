package creek.command.packaging;

import java.nio.file.Path;

/** The unit by which systemd runs a packaged job, with limits that suit one job on a small device. */
final class SystemdUnit {
    /** What is copied to the device. */
    enum Form {
        /** The plain file, for the device's Java. */
        FILE,
        /** The folder with a Java of its own. */
        FOLDER,
        /** The file with a Java of its own, which unpacks itself. */
        SELF_CONTAINED
    }


    private static final String TEXT = """
            # Creek job @JOB@. To install: copy @COPIED@ to /opt/creek, this file to /etc/systemd/system, then
            @WARM@#   systemctl daemon-reload && systemctl enable --now @UNIT@
            # Options of the job: @PROPERTIES@
            [Unit]
            Description=Creek job @JOB@
            Wants=network-online.target
            After=network-online.target
            # five starts within ten minutes are enough to see that it won't work
            StartLimitIntervalSec=600
            StartLimitBurst=5

            [Service]
            Type=simple
            ExecStart=@START@
            Environment=CREEK_DATA=%S/@NAME@ CREEK_DIRECTORY=%S/@NAME@
            @UNPACKED@DynamicUser=yes
            StateDirectory=@NAME@
            WorkingDirectory=%S/@NAME@
            # SIGTERM ends the job in order, which takes 30 s at most
            TimeoutStopSec=40
            SuccessExitStatus=0 143
            # a failed job (1) and one that was out of memory (3) go on from the last checkpoint; a wrong option (2) stays wrong
            Restart=on-failure
            RestartSec=5
            RestartPreventExitStatus=2
            MemoryMax=192M
            TasksMax=64
            LimitNOFILE=1024
            OOMPolicy=stop
            NoNewPrivileges=yes
            ProtectSystem=strict
            ProtectHome=yes
            PrivateTmp=yes
            PrivateDevices=yes
            RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX

            [Install]
            WantedBy=multi-user.target
            """;

    private SystemdUnit() {
    }

    static String text(String job, Path file, Form form) {
        String name = file.getFileName().toString();
        String stem = name.replaceFirst("\\.[^.]*$", "");
        boolean folder = form == Form.FOLDER;
        return TEXT.replace("@JOB@", job)
                .replace("@COPIED@", folder ? "the folder " + stem + " (or unpack " + stem + ".tar.gz)" : name)
                .replace("@WARM@", form == Form.FILE ? "#   /opt/creek/" + name + " --warm-up    (for a quicker start; may be left out)\n" : "")
                .replace("@START@", folder ? "/opt/creek/" + stem + "/start" : "/opt/creek/" + name)
                .replace("@UNPACKED@", form == Form.SELF_CONTAINED ? "# where it unpacks itself\nEnvironment=CREEK_HOME=%C/@NAME@\nCacheDirectory=@NAME@\n" : "")
                .replace("@PROPERTIES@", "/opt/creek/" + (folder ? stem + "/" : "") + stem + ".properties")
                .replace("@UNIT@", stem + ".service").replace("@NAME@", "creek-" + stem);
    }
}
