using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using ParalegalBot.Answering;
using ParalegalBot.Inference.Gguf;
using ParalegalBot.Inference.OpenAiCompatible;

namespace ParalegalBot.Inference;

/// <summary>Says which engine words the answers and why, and finds out whether it can: what start-up and <c>doctor</c> ask.</summary>
public sealed class EngineReport(IChatClient engine, IConfiguration configuration, IOptions<InferenceOptions> options)
{
    /// <summary>One line per fact, in Spanish: which engine, why, and whether each part of it answers.</summary>
    /// <exception cref="ParalegalBotException">It cannot write answers; the message says which setting is wrong.</exception>
    public async Task<IReadOnlyList<EngineFact>> ExamineAsync(CancellationToken cancellationToken = default)
    {
        var why = configuration["Inference:Engine"] is null ? "porque Inference:Engine no dice otra cosa" : $"porque Inference:Engine dice «{options.Value.Engine}»";
        if (engine.GetService<OpenAiChatClient>() is { } remote) return [new(true, $"openai, {why}"), .. await ServersAsync(remote.Servers, cancellationToken).ConfigureAwait(false)];
        if (engine.GetService<GgufChatClient>() is { } gguf)
            return [new(true, $"{options.Value.Engine}, {why}"), new(true, $"{gguf.Description}; instrucciones {Instructions}")];
        return [new(true, $"extractive, {why}: cita las oraciones tal como están, sin modelo; con Inference:Engine gguf u openai redacta un modelo")];
    }

    private async Task<IReadOnlyList<EngineFact>> ServersAsync(ModelServers servers, CancellationToken cancellationToken)
    {
        var (facts, usable) = (new List<EngineFact>(), false);
        for (var i = 0; i < servers.Addresses.Count; i++)
        {
            try
            {
                var server = await servers.MeetAsync(i, cancellationToken).ConfigureAwait(false);
                usable = true;
                var form = server.TakesGrammar ? "gramática" : "esquema JSON";
                facts.Add(options.Value.ApiKey.Length > 0 && server.Address is { Scheme: "http", IsLoopback: false }
                    ? new(false, $"{server.Address}: «{server.Model}», con {form}; la llave viaja sin cifrar: use https o una red privada")
                    : new(true, $"{server.Address}: «{server.Model}», con {form}"));
            }
            catch (Exception failure) when (failure is ParalegalBotException or EngineUnavailableException)
            {
                facts.Add(new(false, failure.Message));
            }
        }
        return usable ? facts : throw new ParalegalBotException(string.Join(' ', facts.Select(fact => fact.Text)));
    }

    private static string Instructions => Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : Vector128.IsHardwareAccelerated ? "de 128 bits" : "sin vectores";
}

/// <summary>Something that is so about the engine.</summary>
/// <param name="Ok">Whether nothing is to be done about it.</param>
/// <param name="Text">What.</param>
public sealed record EngineFact(bool Ok, string Text);
