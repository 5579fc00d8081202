using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Sandbox.Mail;

/// <summary>Listens for mail, on the loopback address unless told otherwise.</summary>
public sealed partial class SmtpListener : BackgroundService
{
    private const int MostSessions = 100;

    private readonly TcpListener _listener;
    private readonly Mailbox _box;
    private readonly ILogger<SmtpListener> _log;
    private readonly SemaphoreSlim _sessions = new(MostSessions);

    internal SmtpListener(IOptions<SandboxOptions> options, Mailbox box, ILogger<SmtpListener> log)
    {
        _box = box;
        _log = log;
        _listener = new TcpListener(options.Value.SmtpAddress, options.Value.SmtpPort);
        try
        {
            _listener.Start();
        }
        catch (SocketException taken)
        {
            throw new IOException($"The sandbox's mail server cannot listen on port {options.Value.SmtpPort}: {taken.Message}. Choose another with --Hub:SandboxSmtpPort=PORT; 0 takes any free one.", taken);
        }

        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    /// <summary>The port it listens on, also when any free one was asked for.</summary>
    public int Port { get; }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _listener.Dispose();
        _sessions.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await _sessions.WaitAsync(stoppingToken);
                var client = await _listener.AcceptTcpClientAsync(stoppingToken);
                _ = ServeAsync(client, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _listener.Stop();
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stopping)
    {
        using (client)
        {
            try
            {
                await new SmtpSession(client.GetStream(), _box).RunAsync(stopping);
            }
            catch (Exception ended) when (ended is IOException or OperationCanceledException or SocketException)
            {
                LogEnded(ended);
            }
            catch (Exception broken) when (broken is not OutOfMemoryException)
            {
                // Nobody waits for a session: a bug must be seen in the log rather than be lost.
                LogBroken(broken);
            }
        }

        if (!stopping.IsCancellationRequested) _sessions.Release();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A mail session ended early")]
    private partial void LogEnded(Exception why);

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail session broke")]
    private partial void LogBroken(Exception broken);
}
