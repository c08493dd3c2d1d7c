using LLama.Native;

namespace ParalegalBot.OnPrem.LlamaSharp;

/// <summary>
/// What llama.cpp says on stderr, kept from it: pages a model, and with names of files. Its errors are kept for the caller, because some of its
/// functions tell of a failure in no other way that LLamaSharp passes on.
/// </summary>
internal static class LlamaLog
{
    private static readonly Lock Gate = new();
    private static bool installed;

    [ThreadStatic] private static string? Error;

    /// <summary>Loads the library, the packaged one where <paramref name="path"/> is empty; the first call decides for the process.</summary>
    public static void Open(string path)
    {
        lock (Gate)
        {
            if (installed) return;
            if (path.Length > 0) NativeLibraryConfig.LLama.WithLibrary(path);
            NativeLibraryConfig.All.WithLogCallback((level, message) =>
            {
                if (level is LLamaLogLevel.Error) Error = message.Trim();
            });
            installed = true;
        }
    }

    /// <summary>Runs something of llama.cpp on this thread; returns what it complained of, null where of nothing.</summary>
    public static string? ErrorOf(Action act)
    {
        Error = null;
        act();
        return Error;
    }
}
