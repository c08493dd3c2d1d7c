using System.Net.Sockets;
using System.Text;

namespace ParalegalBot.EndToEnd.Tests;

public sealed class SlowBodyTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_body_that_does_not_arrive_is_not_waited_for()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes("POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream);
        var status = await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(40), TestContext.Current.CancellationToken);

        Assert.Contains(" 408 ", status, StringComparison.Ordinal);
    }
}
