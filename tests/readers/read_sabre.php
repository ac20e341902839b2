<?php
// What sabre/vobject (of Nextcloud's and Baïkal's servers) sees in calendar files, as one JSON
// line for each. php read_sabre.php FILE…
require "Sabre/VObject/autoload.php";

function read($file)
{
    $calendar = Sabre\VObject\Reader::read(file_get_contents($file));
    $errors = array_map(function ($found) {
        return $found["message"];
    }, $calendar->validate());
    $items = [];
    foreach ($calendar->select("VEVENT") as $event) {
        $start = $event->DTSTART;
        $is_day = strlen((string) $start) == 8;
        $when = $start->getDateTime();
        $items[] = [
            (string) $event->SUMMARY,
            $when->format($is_day ? "Ymd" : "Ymd\THis"),
            $is_day ? null : $when->getTimestamp(),
        ];
    }
    return ["items" => $items, "errors" => $errors];
}

error_reporting(E_ALL & ~E_DEPRECATED); // Debian's is older than its PHP
foreach (array_slice($argv, 1) as $file) {
    try {
        $result = read($file);
    } catch (Throwable $error) {
        $result = ["items" => [], "errors" => [$error->getMessage()]];
    }
    echo json_encode($result, JSON_INVALID_UTF8_SUBSTITUTE), "\n";
}
