namespace Hub.Actors.Journal.Sqlite;

/// <summary>Keeps a second process out of a data folder. The operating system holds the lock, so that a killed process frees it.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a journal file.</summary>
    /// <exception cref="JournalLockedException">Somebody else has it.</exception>
    public static DataFolderLock Take(string journal)
    {
        var path = journal + ".lock";
        try
        {
            return new DataFolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException held) when (held is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new JournalLockedException(
                $"{journal} is open in another process. One hub writes a journal: stop the other one, or give this one another data folder (Hub:Data).", held);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
