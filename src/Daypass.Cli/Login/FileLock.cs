using Daypass.Cli.Credentials;

namespace Daypass.Cli.Login;

/// <summary>One at a time among the processes of a user: a refresh token that two use at once looks stolen to the provider, which then ends the sign-in.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <exception cref="CommandException">Another process has had it for a minute, or it cannot be written.</exception>
    public static async Task<IDisposable> EnterAsync(string path, CancellationToken cancellationToken)
    {
        PrivateFile.CreateFolderOf(path);
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < Patience)
            {
                await Task.Delay(Pause, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new CommandException($"'{path}' cannot be had: {exception.Message}");
            }
        }
    }
}
