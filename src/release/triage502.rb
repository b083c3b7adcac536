# Homebrew formula. The release fills in what stands between at signs.
class Triage502 < Formula
  desc "Finds out why an Azure Application Gateway returns 502"
  homepage "@HOMEPAGE@"
  version "@VERSION@"
  license "MIT"

  on_macos do
    on_arm do
      url "@RELEASES@/triage502-@VERSION@-macos-arm64.zip"
      sha256 "@SHA256_MACOS_ARM64@"
    end
    on_intel do
      url "@RELEASES@/triage502-@VERSION@-macos-x64.zip"
      sha256 "@SHA256_MACOS_X64@"
    end
  end

  on_linux do
    on_intel do
      url "@RELEASES@/triage502-@VERSION@-linux-x64.zip"
      sha256 "@SHA256_LINUX_X64@"
    end
  end

  def install
    libexec.install Dir["*"]
    bin.install_symlink libexec/"bin/triage502"
    man1.install_symlink Dir[libexec/"share/man/man1/*.1"]
    bash_completion.install_symlink libexec/"share/completion.bash" => "triage502"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/triage502 --version")
    assert_match "NSG", shell_output("#{bin}/triage502 demo")
  end
end
