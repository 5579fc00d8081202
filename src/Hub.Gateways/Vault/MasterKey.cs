using System.Security.Cryptography;
using System.Text;
using Hub.Actors.Ports;

namespace Hub.Gateways.Vault;

/// <summary>Where the master key comes from: the settings, or a file; in sandbox mode the file is made.</summary>
public static class MasterKey
{
    /// <summary>The file's name in the data folder, unless the settings name another.</summary>
    public const string FileName = "master.key";

    /// <summary>Reads a key out of a setting.</summary>
    /// <param name="text">Base64 of 32 bytes.</param>
    /// <exception cref="VaultConfigurationException">Anything else; the message does not repeat it.</exception>
    public static byte[] Parse(string text)
    {
        var key = new byte[SealBox.KeySize];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == SealBox.KeySize
            ? key
            : throw new VaultConfigurationException($"The master key (Hub:MasterKey or its file) must be base64 of {SealBox.KeySize} bytes.");
    }

    /// <summary>Reads the key's file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mayMake">Whether a missing file is made: in sandbox mode, for a vault that is not there yet.</param>
    /// <param name="random">Gives the new key.</param>
    /// <exception cref="VaultConfigurationException">The file is missing and must not be made, cannot be read, or holds no key.</exception>
    public static byte[] ReadFile(string path, bool mayMake, IRandomSource random)
    {
        try
        {
            if (File.Exists(path))
            {
                return Parse(File.ReadAllText(path));
            }

            return mayMake
                ? Make(path, random)
                : throw new VaultConfigurationException($"The vault's master key is missing: set Hub:MasterKey, or put it into {path}. Every node of a hub has the same; where one runs, copy its file.");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new VaultConfigurationException($"The master key's file {path} cannot be read or written.", broken);
        }
    }

    private static byte[] Make(string path, IRandomSource random)
    {
        var key = new byte[SealBox.KeySize];
        random.Fill(key);
        var settings = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Under another name first: a file cut short by a crash would lock the vault for ever.
        var draft = path + ".new";
        File.Delete(draft);
        using (var file = new FileStream(draft, settings))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
        return key;
    }
}
